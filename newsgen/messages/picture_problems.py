"""The sentences of `problems.RULES` about pictures, in alphabetical order of their rules."""

from __future__ import annotations

__all__ = ["PICTURE_RULES"]

PICTURE_RULES: dict[str, str] = {
    "alt-missing": "The photo {0} has no alt text. Say under alt: what it shows, for readers who cannot see it.",
    "body-picture": "The picture {0} of the text cannot be shown, so its words are. Name a .jpg, .png, .webp, .gif or .avif file beside the story, or under content/ if it begins with /.",
    "photo-animated": "The picture moves. It is published as it is, with all its bytes: a film (MP4) beside the site would be a tenth of that.",
    "photo-cmyk": "The picture has the colours of print (CMYK). newsgen converts them to sRGB; if they look wrong, save it as RGB.",
    "photo-damaged": "The picture cannot be decoded to its end: it is damaged or cut short. It is published as it is. Copy it here again from its source.",
    "photo-deep": "The picture has 16 bits a channel. 8 of them are published; browsers show no more.",
    "photo-empty": "The file has no bytes: copying it broke off. Copy it here again from its source.",
    "photo-failed": "{0} cannot be made of this picture: {1}. Build again; if it stays, save the picture again as JPEG or PNG.",
    "photo-heic": "This is a HEIC picture, which few browsers show. Save it as JPEG; on an iPhone choose Settings, Camera, Formats, Most Compatible.",
    "photo-large": "The picture has {0} MB, for which many readers have to wait. Save it smaller: 1 MB is enough for a whole screen.",
    "photo-position": "The picture says where it was taken. newsgen leaves that out of the published file; delete it here too if others get this file.",
    "photo-said": "The {2} of the photo {0} is what the picture file says ({1}): «{3}». That is a guess: check it, and write it under photos.",
    "photo-svg": "This is an SVG, which may hold scripts and load what it likes, so it is not published. Save it as PNG, 1600 pixels wide.",
    "photo-tiff": "This is a TIFF, which browsers do not show. Save it as JPEG, or a drawing as PNG.",
    "photo-tiny": "The picture is no more than two pixels wide or high: it counts readers, or stands for a picture that is missing. Delete it, or put the real one there.",
    "photo-too-large": "The picture has more pixels than newsgen decodes (160 million of a JPEG, 50 million of others). It is published as it is. Save it with at most 8,000 pixels on the longer side.",
    "photo-unclear": "newsgen cannot tell whether this picture says where it was taken: it is damaged, or of a kind that newsgen does not know. It is published as it is. Save it again as JPEG, PNG or WebP.",
    "photo-unreadable": "The file has the name of a picture and is none. Copy it here again from its source, or save it again as JPEG, PNG or WebP.",
    "photos-copied": "{0} pictures, this one among them, are published in their own size, because Pillow is not installed: readers on a phone wait for megabytes. Install it with pip install 'newsgen[pictures]', and build again.",
    "photos-large": "{0} pictures, this one among them, have more than 1 MB, for which many readers have to wait. Save them smaller, or leave this rule out with --off photo-large.",
    "photos-position": "{0} pictures say where they were taken, this one among them. newsgen leaves that out of the published files; delete it here too if others get these files.",
    "picture-heic": "{0} is a HEIC picture, which few browsers show. Save it as JPEG, and name that; on an iPhone choose Settings, Camera, Formats, Most Compatible.",
    "picture-kind": "{0} is not a picture that newsgen can show. Name a .jpg, .png, .webp, .gif or .avif file.",
    "picture-missing": "There is no picture {1} for {0}, which photos.file or the text names, or it cannot be read. Put it there; or delete file: and keep the caption, or delete it from the text.",
    "picture-missing-near": "There is no picture {1} for {0}. There is {2}: write that, or put the picture there.",
    "picture-place": "{0} must be a file beside the story, or under content/ if it begins with /. It cannot be a web address or contain .. or \\.",
    "picture-svg": "{0} is an SVG, which may hold scripts and load what it likes, so newsgen does not show it. Save it as PNG, 1600 pixels wide, and name that.",
    "picture-tiff": "{0} is a TIFF, which browsers do not show. Save it as JPEG, or a drawing as PNG, and name that.",
    "picture-unusable": "The file {1}, which photos.file or the text names as {0}, is there and cannot be shown: what is wrong with it is said of the file itself. Put a JPEG, PNG, WebP, GIF or AVIF in its place; or delete file: and keep the caption, or delete it from the text.",
    "portrait-missing": "There is no picture {1} for the photo of {2}, {0}. Put it there, or delete photo:.",
    "portrait-missing-near": "There is no picture {1} for the photo of {2}, {0}. There is {3}: write that, or put the picture there.",
    "portrait-unusable": "The file {1}, which is named as the photo of {2}, {0}, is there and cannot be shown: what is wrong with it is said of the file itself. Put a JPEG, PNG, WebP, GIF or AVIF in its place, or delete photo:.",
}
