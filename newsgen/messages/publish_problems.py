"""The sentences of `problems.RULES` that are about publishing, in alphabetical order of their rules."""

from __future__ import annotations

__all__ = ["PUBLISH_RULES"]

PUBLISH_RULES: dict[str, str] = {
    "publish-answer": "The host refused a request: HTTP {0} to {1}. Readers see what they saw before. Look at the host's own status and settings, then publish again.",
    "publish-base-url": 'base_url is {0}, but this target is read at {1}, so every link and feed would lead elsewhere. Write base_url = "{1}", or name the right target.',
    "publish-build-errors": "The build has errors, so nothing is published. Mend what is named above.",
    "publish-changed": "This file is not the one that was built. Build again, then publish.",
    "publish-clock": "The folder was built for another time than now: embargoes may not hold in it. Publish without --no-build, and without SOURCE_DATE_EPOCH.",
    "publish-confirm": "{0} of {1} files would vanish, which is more than a tenth. If that is meant, publish with --yes.",
    "publish-current": "This is no link that newsgen made, so it is left alone. Choose another path for the target, or move it away.",
    "publish-drafts": "Drafts are in this build. Publish without --no-build.",
    "publish-empty": "The build shows no story. To take a site off, delete it at the host.",
    "publish-extra": "This target needs the library {0}. Install it with pip install 'newsgen[{1}]', in the environment where newsgen is.",
    "publish-failed": "Publishing was not finished: {0}. Readers see the old site, or whole pages of both; run newsgen publish again, and it goes on where it stopped.",
    "publish-file-size": "The file has {0}, and the host takes {1}. Make it smaller, or publish to another host.",
    "publish-files": "The site has {0} files, and the host takes {1}. Make fewer pages: group_briefs = true, feeds.tags = false, or fewer kinds in pages; or publish to another host.",
    "publish-foreign": "Files stand in the output that newsgen did not write: {0} (such as {1}). Move them away; files of your own belong in static/.",
    "publish-headers": "_headers has {0} rules, and the host takes {1}. Take some out of templates/_headers.j2.",
    "publish-holds-withdrawn": "The publication {0} holds a story that has been withdrawn since, so it is not put back.",
    "publish-host": 'The site is built for host = "{0}", and this target is of the kind {1}. Write host = "{2}" in [tool.newsgen].',
    "publish-in-the-way": "{0} files there are not newsgen's, and stand at addresses that this site needs (such as {1}). Move them away, or write over them with --force.",
    "publish-inside": "The path {0} lies in {1}/, which belongs to the site itself. Choose a folder outside.",
    "publish-no-previous": "There is no earlier publication here that may be read. Check out an earlier commit of the site, and publish that.",
    "publish-no-such": "There is no publication {0} here. There are: {1}.",
    "publish-no-target": 'The settings name no place to publish to. Add a table [tool.newsgen.publish.live] with kind = "folder" and path = "/srv/www/archive", or another kind: {0}. See docs/publish.md.',
    "publish-not-there": "{0} files are not at the target although they were sent (such as {1}), so nothing was deleted. Publish again.",
    "publish-readable": "What was withdrawn can still be read here: {0}. {1}.",
    "publish-redirects": "_redirects has {0} rules, and the host takes {1}. Give up old addresses with newsgen urls --remove, or choose another host.",
    "publish-rule-length": "A rule begins {0} and has {1} characters; the host takes {2}. Make the address or the value shorter.",
    "publish-size": "The site has {0}, and the host takes {1}. Publish to another host, or keep photographs elsewhere.",
    "publish-stale": "The output is older than what it was made of, and --no-build was given: what has changed since is not published.",
    "publish-token": "The host refused the token or its rights (HTTP {0}). Make a new one, and put it in the environment: see docs/publish.md.",
    "publish-unbuilt": "Nothing finished has been built here. Publish without --no-build.",
    "publish-unknown": "There is no target {0}. There are: {1}.",
    "publish-unknown-near": "There is no target {0}. Did you mean {1}? There are: {2}.",
    "publish-which": "There are several targets: {0}. Name one, as in newsgen publish NAME.",
}
