"""Pictures: what is read out of a picture file, and its address in the output.

Bytes in, values out: no file is opened here, and no picture is changed. Imports only model/ and text/. What `check`
asks about a photo is in `lint/` (alt text: story_rules; NO ARCHIVES: file_rules); `wire.caption` reads captions.

    measure  media type, size in pixels and address of a picture; owns imagesize

Decisions:

- **imagesize, not a library that decodes**: it reads only a file's header, so a damaged or huge picture costs nothing
  and reaches no decoder. Picture files are copied as they are.
- **A picture's address holds a digest of its place and content**, so that browsers and hosts may cache it for ever.
"""
