"""Pure text: text in, text or numbers out, with no file, clock or setting, and the same result on every machine.

    address      headlines and names to slugs, addresses to output files; reserved names
    english      counts with their nouns, for messages; texts that are cut
    periods      years, months, days and hours as texts that sort
    html_in_body comments, tags and C1 references in the source of a body; what is left when the comments go
    links        where a link leads, as a browser finds it; how the links of a body are written in a page and a feed
    language_tags  the tag of a language that is meant by its name; one without its extensions
    markdown     bodies to HTML, summaries and lengths; escapes copy so that Markdown shows it as it is
    markdown_it  bodies that are more than plain paragraphs, by markdown-it-py, which this file and the next two import
    markdown_blocks  the rules for blocks that are not those of markdown-it-py
    markdown_inline  links, images and marks of a paragraph by our rules
    quotation    the quotation marks and the dash of each language, as data
    typography   quotation marks, apostrophes and dashes as printed, for those of a typewriter
    columns      how much room a text takes in a line
    capitals     whether a headline is all in capitals
    tickers      tickers in angle brackets as labels
    picture_html the HTML of a picture: its files by format and width
    nearest      the known word that a person probably meant
    opening      how a story begins, in a line or two
    romanise     letters of other alphabets as ASCII, in the way of a language
    same_text    whether two texts are one but for line ends, quotes and blanks
    queries      addresses with a query, /story.php?id=12: those that rules of hosts can name
    scripts      which way a language is written; scripts without spaces between words
    languages    which language a text is in. Owns py3langid
    months       names of months in the languages of wire copy
    collation    the alphabetical order of names in a language, and the letters under which they stand
    alphabets    the alphabets of scripts and languages, as data
    surnames     under which of its words a person's name is filed, and how it is written there
    memo         lru_cache for functions of one short string
    sound        the text of bytes in which nothing is odd
    visible      whether a reader sees anything of a text
    windows_1252 marks of Windows-1252 that were taken for Latin-1 (U+0092, `&#146;`)

Decisions:

- **Names that differ only in accents, case or spacing are one name, with one address.** Names that ASCII cannot tell
  apart (`C`, `C++`) get a digest in their addresses; so does a headline that loses a word of another script.
- **Plain paragraphs are rendered without markdown-it-py**, thirty times as fast, and nearly all wire copy is that.
  Anything else goes to markdown-it-py. A test shows that both give the same bytes.
- **Marks are set where text is shown**: of a headline, a caption, a note and a correction when the card is made, of a
  body when it is rendered. The story file and the words that stories are compared by keep what was sent. Whatever
  compares a card's headline with copy does so without its marks (`typography.straight`).
- **No raw HTML, no style and no image of another site comes out of a body**: copy comes from elsewhere, and is shown as
  text. A picture that lies beside the story comes out of it, as the story's photo.
"""
