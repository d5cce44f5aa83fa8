"""Pictures: what is read out of a picture file, which files are made of it, and how.

Bytes in, values and bytes out; only `darkroom` opens files, those that it keeps. Imports only model/, text/ and disk/.
What `check` asks about a photo is in `lint/` (alt text: story_rules; NO ARCHIVES: file_rules; what `look`
found: picture_rules); `wire.caption` reads captions. Which pictures a site publishes is planned in plan/pictures.

    look       a picture file as it is read: the picture that is published of it, and what is odd about the file
    measure    kind, media type, size in pixels and address of a picture; owns imagesize
    said       what a file says in words: caption, photographer, credit, rights
    published  a picture as it is, without position, serial numbers, owner; what was found in it
    jpeg       segments of JPEG that are published
    chunks     the same of PNG, WebP and GIF
    avif       the same of AVIF, in place
    exif       what a camera writes, and the little of it that is published
    iptc       what an agency writes: whom to credit, and the caption
    xmp        what picture programs write
    files      which files are made of a picture: widths, formats, crops
    darkroom   makes these files, each once
    decode     a picture upright and in sRGB, in bounded memory, by Pillow
    develop    a file of it, by Pillow

Decisions:

- **Pillow is an extra.** With it, pictures are published as the files that are made of them, and the original stays
  where it is: readers never get 12 megapixels. Without it they are published as they are, and a warning says so once.
- **What cannot be made smaller is published as it is** (damaged, moving, too large), and a warning says so. That is
  better than a story without its picture.
- **A picture is decoded once when it is read**, in workers, 40 to 90 ms of 12 megapixels: whether it can be is decided
  before pages name the files that are made of it. These are made when pages are written: of held stories none is.
- **An address is a digest of the published bytes**, the same for all files with these bytes, so that browsers and hosts
  may cache it for ever. The bytes of a made file depend on Pillow too: its version is in the fingerprint of the page,
  not in the address. Two computers agree where they have the same Pillow, of which pyproject.toml pins the major
  version; where they do not, `newsgen publish` compares digests, and sends what differs.
- **AVIF, WebP, and JPEG behind them** (PNG for drawings and what may be seen through). Of 1600 pixels they take 0.16,
  0.08 and 0.03 s of processor time; a photo with all its files takes 1 s, once.
- **imagesize measures where nothing is decoded**: it reads only a file's header.
- **What is published says nothing of where a photo was taken, with which camera and by whom**, but for its colour
  profile (converted to sRGB where a file is made), copyright and credit. A file that newsgen cannot read through is
  published as it is, and a warning says so. Rejected: piexif (no release since 2019), exif (JPEG alone), pyexiv2 (C++).
- **SVG is refused**: whoever lets in a part of it must know every way in which it loads or runs something.
"""
