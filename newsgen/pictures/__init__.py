"""Pictures: what is read out of a picture file, and its address in the output.

Bytes in, values out: no file is opened here, and no image is encoded again. Imports only model/ and text/. What `check`
asks about a photo is in `lint/` (alt text: story_rules; NO ARCHIVES: file_rules); `wire.caption` reads captions.

    published  a picture as readers get it: without position, serial numbers, owner; what was found in it
    jpeg       segments of JPEG that are published; IPTC's credit
    chunks     the same of PNG, WebP and GIF
    avif       the same of AVIF, in place
    exif       what a camera writes, and the little of it that is published
    xmp        the same of what picture programs write
    measure    media type, size in pixels and address of a picture; owns imagesize

Decisions:

- **imagesize, not a library that decodes**: it reads only a file's header, so a damaged or huge picture costs nothing
  and reaches no decoder.
- **What is published says nothing of where a photo was taken, with which camera and by whom**, but for its orientation,
  colour profile, copyright and credit. The segments that say it are left out, and the image stays as it is. A file that
  newsgen cannot read through is published as it is, and a warning says so. Rejected: piexif (no release since 2019),
  exif (JPEG alone), pyexiv2 (C++).
- **A picture's address holds a digest of its place and of the published bytes**, so that browsers and hosts may cache
  it for ever.
"""
