"""Publishing: puts a finished build where readers find it, and proves that it stands there.

Readers see the old site or the new one, never a page without its assets; what was killed is gone at the target too;
and nothing is deleted that newsgen did not put there. A target is compared by newsgen's own manifest, of which a copy
lies at the target. Nothing here builds a page or changes a story file.

In reading order:

    manifest     which files a publication has, with their digests; what differs between two
    remembered   what a target remembers of what was withdrawn, so that no other computer brings it back
    release      the publication that is about to be made: the manifest, the rules, and the bytes of each file
    host_rules   `_headers`, `_redirects` and media types, as a host of static files understands them
    protocol     what every target can do: `WholeSet` and `InPlace`; what earlier publications are
    retry        calls again what failed for a moment
    send         uploads in parallel, with progress
    whole_set    a publication that appears at once
    in_place     a publication file by file, in an order in which no page lacks its assets
    withdrawn    what may not be read any more; which earlier publications still hold it
    situation    what of the archive decides a publication: what is withdrawn, what appears next
    preflight    what keeps a build from being published
    run          the plan, the publication, what is tidied up after it; `put_back`
    prepare      from a site to a plan: the build, the preflight, the comparison
    verify       every file against the manifest, here and at the target
    web_check    what readers get over HTTP, compared with what they should
    http         requests with retries, within a host's limits, that show no secret
    registry     the kinds of targets
    cloudflare   a Worker of Cloudflare's with static assets
    cloudflare_api   what of Cloudflare's API that asks
    cloudflare_site  what a site is there: names of bytes, rules for folders, a script for 410
    netlify      a site at Netlify, by its API
    s3/          a bucket of a store that speaks S3
    folder       a folder of this computer: release folders, and the link `current`
    git_run      runs the system's git: it asks nobody, and tells no secret
    git_branch   a branch of a remote repository: its commits, new ones, and a bare repository of our own
    git_hosts    what GitHub Pages and GitLab Pages want of a branch
    git          a branch with one commit, which is pushed over the one before
    ssh_run      ssh and rsync, as a target uses them
    ssh_scripts  what is asked of a server, and its answers
    ssh          a server of one's own: release folders as in `folder`

To add a target: a kind in `model.targets`, one file here, its line in `registry`, a page in docs/publish/.

Decisions:

- **Compared by our manifest**, never by time or size, by the ETag of a multipart object, or with a request a file.
- **Media types come from a table of our own**: `mimetypes` reads the machine's registry.
- **Secrets come from the environment or from the tool's own store**, never from the settings, and are in no message.
- **Who publishes also records the ledger**, so that nobody forgets it (`commands.urls`, called by `cli`).
- **Each release is made in a folder of its own**, named by its digest, because two computers may publish to one place
  at once: files that both put into one folder would be a mixture. For the same reason a whole release that nobody sees
  is not taken up again: the other computer may be about to show it.
- **The target remembers what was withdrawn**, in its manifest, for no computer knows all others: a copy of the site
  from before a request would bring the story back, and a copy from Git has no log of requests. Digests, because the
  manifest is public. Held stories are not remembered: nothing tells a hold that was lifted from one not known of.
- **After a kill, earlier publications count as readable** until the target has deleted them: readers have their
  addresses.
"""
