"""The pages that tests/bench/sites/lean has, as Pelican makes them; its content cache is off, as it is by default."""

SITENAME = "Wire archive"
SITEURL = "https://wire.example"
PATH = "content"
OUTPUT_PATH = "public"
THEME = "theme"
THEME_STATIC_DIR = "theme"
THEME_STATIC_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["yaml_metadata", "next_in_section"]

# The section is the first folder.
USE_FOLDER_AS_CATEGORY = False
PATH_METADATA = r"(?P<category>[^/]+)/.*"
ARTICLE_URL = "{category}/{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
CATEGORY_URL = "{slug}/"
CATEGORY_SAVE_AS = "{slug}/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
TAGS_SAVE_AS = "tags/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
AUTHOR_SAVE_AS = AUTHORS_SAVE_AS = ARCHIVES_SAVE_AS = CATEGORIES_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "tags", "sitemap"]
PAGE_PATHS: list[str] = []

DEFAULT_PAGINATION = 50
PAGINATED_TEMPLATES = {"category": 50, "tag": 50}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)

FEED_ALL_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = CATEGORY_FEED_ATOM = None
CATEGORY_FEED_RSS = "{slug}/index.xml"
FEED_MAX_ITEMS = 20
RSS_FEED_SUMMARY_ONLY = False
