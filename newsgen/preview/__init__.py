"""The live preview: the site as `build` would write it, served while somebody works on it. `newsgen serve` runs it.

What is served equals what a build writes, byte for byte, except for one script added to each page. Nothing is written
but the preview's own store in `.newsgen`. The preview asks nothing of the network, and no other site can ask it.

A request takes two steps. First `session` brings the site up to date for it: it finds the page that the path leads to
and looks at that story's file; if the file changed, `update` takes the change in. Then `responses` answers: it plans
and renders, and changes nothing that the preview knows. All this runs on one thread, one request after another.
`background` calls the same `update` when files change, when a story's time comes, and now and then for everything.
`thread` passes each change on to `notify`, which tells the open pages.

The site, on the session's thread:

    site          the steps of a build, one change at a time; a page is rendered when somebody asks for it
    renderers     what renders the pages
    inputs        reads settings and theme again
    update        takes changes in, and remembers those that it could not take in yet
    views         the site's pages now, or at another instant; reads only
    responses     where a path leads, and what it answers; caches the pages rendered last
    memory        when Python collects garbage, and when memory goes back to the system
    session       one preview without HTTP: all of the above together
    bar           the editor's bar, as JSON: what is wrong, the questions about a story, why it has its related
                  stories

Around it, in the event loop:

    tasks         keeps references to running asyncio tasks
    thread        the session's thread: one request after another
    watch         which files changed, as the operating system reports it
    debounce      waits until a save is over
    background    takes in reported changes; follows the clock; looks at everything now and then
    stylesheets   whether a page differs only in its style sheets, which are then swapped without a reload
    terminal      what is newly wrong, for the terminal
    notify        what open pages are told, and when
    access        who may ask: hosts, origins
    http          the routes of the server, and what goes over the wire
    connections   how long a request is waited for
    port          the socket: a free port
    qr_code       the preview's address as a picture for telephones
    server        starts and ends all of it
    live.js       the script in each page: reloads it, shows what is wrong, and the bar

Decisions:

- **Pages are rendered on demand.** No output and no related list is kept, so neither can be stale, and a template
  that is saved costs one page. A story's page is planned at each request, because its related stories may have
  changed, and rendered only if the plan differs.
- **A story that is held is shown to the desk at its own address, marked**, and nowhere else, with the 404 that the host
  will answer there; readers (`--public`) see nothing of it. Only a story whose file is wrong keeps its last good page:
  one that is held is not wrong.
- **A request looks at its story's file first**: the system may not have reported a save yet.
- **A page whose story moved follows it**, and says so: while a headline is being written, each save may give its story
  another address. Readers (`--public`) get the 404 that the host would answer.
- **A QR code by segno**: pure Python, typed, no dependencies, 70 kB. `qrcode` draws with Pillow and has no types.
- **Pages are told at once after a save; in a burst of saves, when nothing has changed for 150 ms.** Requests get the
  new state in any case. A file that is open for writing is waited for until it is closed, at most 0.7 s.
- **What was read at the start is saved after the first page is out**, and sealed when the preview ends (`store/`).
- **Starlette and uvicorn**, four packages with h11 and anyio: pure Python, typed, widely used. aiohttp and Granian
  are compiled; in Flask's server each waiting stream costs a thread; `http.server` warns against such use itself.
- **Mistakes end nothing.** A broken template or setting leaves the site as it was. A page that cannot be rendered
  shows its last good version, except to readers (`--public`): that may show what is held by now.
"""
