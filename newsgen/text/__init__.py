"""Pure text: text in, text or numbers out, with no file, clock or setting, and the same result on every machine.

    address      names to slugs and addresses, addresses to output files; reserved names
    english      days, periods, numbers, plurals and joined names as readers read them; templates' filters
    markdown     bodies to HTML, summaries and word counts; escapes copy so that Markdown shows it as it is
    markdown_it  bodies that are more than plain paragraphs, by markdown-it-py, which only this file imports
    memo         lru_cache for functions of one short string

Decisions:

- **Names that differ only in accents, case or spacing are one**, with one address. Names that ASCII cannot tell
  apart (`C`, `C++`) have a digest in theirs.
- **Plain paragraphs are rendered without markdown-it-py**, thirty times as fast: nearly all wire copy is that. Whatever
  might be anything else goes to markdown-it-py, and a test shows that both give the same bytes.
- **No raw HTML, no image, no style comes out of a body**: copy comes from elsewhere, and is shown as text.
"""
