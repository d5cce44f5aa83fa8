"""The live preview: the site as `build` would write it, served while somebody works on it. `newsgen serve` runs it.

What is served equals what a build writes, byte for byte, but for one script that goes into the response. Nothing is
written but the preview's own record in `.newsgen`. Nothing is asked of the network, and no other site can ask anything.

A request takes two steps. First `session` brings the site up to date for it: it finds the page that the path leads to,
looks at that story's file, and where the file is not as it was read, has `update` take the change in, on the one thread
that the session lives on, after whatever came before. Then `responses` answers: it plans and renders, and changes
nothing of what the site is. Changes that the system reports, the clock and a look at everything from time to time call
the same `update` from `background`. Whatever an update changed is passed on by `thread` to `notify`, which tells the
open pages.

The site, on the session's thread:

    site          the steps of a build, one change at a time; a page is rendered when somebody asks for it
    inputs        settings and theme, read again
    update        takes changes in, and remembers those that could not be
    views         the pages at an instant; reads only
    host_rules    `_headers`, `_redirects` and media types, as a host of static files understands them
    responses     where a path leads, and what it answers; the pages rendered lately
    memory        when garbage is collected and memory given back
    session       all of these: one preview, without HTTP
    bar           the editor's bar and what is wrong, as JSON

Around it, in the event loop:

    tasks         keeps hold of what runs beside
    thread        one request to the session after another
    watch         what the system reports of files
    debounce      waits until a save is over
    background    takes in what is reported; the clock; a look at everything
    stylesheets   whether a page differs in its style sheets alone
    terminal      what is newly wrong, for the terminal
    notify        what open pages are told, and when
    access        who may ask
    http          the addresses, and what goes over the wire
    port          a free port
    server        starts and ends all of it
    live.js       the preview's part of a page: reloads it, shows what is wrong, and the bar

Decisions:

- **Pages are rendered on demand.** No output is kept and no related list, so nothing of it can be stale, and a template
  that is saved costs one page. A story's page is planned each time it is asked for, for another story may be related
  to it now, and rendered where the plan differs.
- **A page that is asked for looks at its story's file first**: the system may not have reported a save yet.
- **Pages are told at once after a save**, and in a burst when it has been quiet for 150 ms. What is served is new in
  any case. A file that is open for writing is waited for until it is closed, or for 0.7 s.
- **What was read at the start is saved after the first page is out**, and sealed when the preview ends (`store`).
- **Starlette and uvicorn**: pure Python, typed, the field's choice, four packages with h11 and anyio. aiohttp and
  Granian come compiled; Flask's server has no streams that wait cheaply; `http.server` parses HTTP by hand and says
  itself that it is not for this. Raw ASGI would have spared one of the four.
- **Errors are told, and end nothing.** A template or setting that is broken leaves the site as it was. A page that
  cannot be rendered shows its last good version, but not to readers (`--public`): it may show what is held back now.
"""
