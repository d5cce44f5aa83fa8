"""A store that speaks S3 as a target: Amazon's own, R2, OVH, MinIO.

Objects are changed one by one, in the order of `publish.in_place`. Nothing but newsgen's own objects is written over or
deleted. Of Amazon's library only two things are used: where credentials come from, and where a bucket is; the requests
themselves are signed here, and go through `publish.http`, which has the retries.

In reading order:

    answers      the XML of answers, as values
    signing      where a bucket is and what opens it (owns boto3, which is optional); the signature of requests
    bucket       requests to one bucket; every refusal as a sentence
    history      the versions that a bucket keeps of its objects: which of them made up which publication
    earlier      an earlier publication, as a release that can be put back
    target       the target itself

Decisions:

- **Requests are ours, not `boto3.client`'s**: a put costs 0.5 ms of CPU instead of 1.1, a listing of 30,614 objects
  0.3 s instead of 2.4. Both are measured on one core, and decide how long a publication takes on a small machine.
- **No checksum header is sent**: R2 and OVH refuse the one that boto3 sends by default (boto/boto3#4401). The
  signature covers the SHA-256 of the body, so what is stored is what was sent.
- **Objects are put in one part**: then their ETag is the MD5 of the bytes, and a listing tells what stands. Where a
  store encrypts with keys of its own it is not; then bytes are asked for.
- **A publication under way has a manifest of its own**, which is deleted at its end. So the versions of the manifest
  are the publications that were finished, and any of them can be put back.
- **A redirect is an object with a page in it**: a website endpoint obeys its redirect location; where another server
  stands before the bucket, the page leads on.
"""
