"""Pictures: what is read out of a picture file, and the address at which it stands in the output.

Bytes in, values out: no file is opened here, and no picture is changed. Imports only model/ and text/.

    measure  media type, size in pixels and address of a picture; owns imagesize

Decisions:

- **imagesize, not a library that decodes**: only a file's header is read, so that a damaged or huge picture costs
  nothing and reaches no decoder. Files are copied as they are.
- **A picture's address holds a digest of its place and content**, so that browsers and hosts may cache it for ever.
"""
