"""The live preview: the site as `build` would write it, served while somebody works on it.

`session` brings the engine (`live`) up to date and answers for one address; `hosts` answers as a host of static files
would; `app` is HTTP, and who may ask; `serve` holds the socket, the watching and the browsers together.
"""
