"""All settings, driven by the environment. Nothing here differs between machines except by these:

WERKPLAATS_DATA        folder for what this installation keeps (default ./var)
WERKPLAATS_DATABASE    database address; default SQLite in that folder, or postgresql://...
WERKPLAATS_SECRET_KEY  default: made once and kept in the data folder
WERKPLAATS_HOSTS       names this installation answers to, comma-separated (default 127.0.0.1, localhost)
WERKPLAATS_MAIL        smtp://[user:password@]host:port[/tls], or empty: mail is written to files in the data folder
WERKPLAATS_MAIL_FROM   sender of mail
WERKPLAATS_PROXIES     how many trusted proxies stand in front (default 0)
WERKPLAATS_HTTPS       1 when visitors come by https
WERKPLAATS_DEMO        1 marks the site as demonstration
WERKPLAATS_DEBUG       1 for developers
WERKPLAATS_ADDRESS     address visitors use, for links in mail (default http://127.0.0.1:8000)
WERKPLAATS_CONTACT     e-mail address for visitors who want something of those who run this site
WERKPLAATS_UNCOUNTED   addresses that may read the API as often as they like, comma-separated (IPv6: the /64)
WERKPLAATS_CACHE_MB    how much of published pages each process keeps in memory (default 32; 0 keeps nothing)
WERKPLAATS_WORKERS     processes of `werkplaats serve` (default 2); PORT is its port
"""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).parents[1]
DATA = Path(os.environ.get("WERKPLAATS_DATA", "var")).absolute()
DATA.mkdir(parents=True, exist_ok=True)


def _flag(name: str) -> bool:
    return os.environ.get(name, "") not in {"", "0"}


def _kept_secret() -> str:
    """One key for all processes of this installation: the first to make the file wins."""
    path = DATA / "secret_key"
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as made:
            made.write(get_random_secret_key())
    except FileExistsError:
        pass
    return path.read_text()


DEBUG = _flag("WERKPLAATS_DEBUG")
IS_DEMO = _flag("WERKPLAATS_DEMO")
SECRET_KEY = os.environ.get("WERKPLAATS_SECRET_KEY") or _kept_secret()
ALLOWED_HOSTS = os.environ.get("WERKPLAATS_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
TRUSTED_PROXIES = int(os.environ.get("WERKPLAATS_PROXIES", "0"))
HTTPS = _flag("WERKPLAATS_HTTPS")
ROOT_URLCONF = "werkplaats.config.urls"
WSGI_APPLICATION = "werkplaats.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_NAME = "Werkplaats"
CONTACT = os.environ.get("WERKPLAATS_CONTACT", "")
UNCOUNTED = frozenset(filter(None, os.environ.get("WERKPLAATS_UNCOUNTED", "").split(",")))

INSTALLED_APPS = [
    "werkplaats.core",
    "werkplaats.people",
    "werkplaats.places",
    "werkplaats.terms",
    "werkplaats.catalogue",
    "werkplaats.network",
    "werkplaats.agenda",
    "werkplaats.library",
    "werkplaats.research",
    "werkplaats.news",
    "werkplaats.site",
    "werkplaats.desk",
    "werkplaats.api",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail.search",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_htmx",
    "corsheaders",
    "allauth",
    "allauth.account",
    "sesame",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "werkplaats.site.middleware.security_headers",
    "werkplaats.site.middleware.dutch_until_asked",
    "django.middleware.security.SecurityMiddleware",
    "werkplaats.site.hosts.by_host",
    "werkplaats.api.middleware.with_version",
    "corsheaders.middleware.CorsMiddleware",
    "werkplaats.api.middleware.in_problems",
    "werkplaats.site.middleware.sensible",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "werkplaats.site.sessions.watched",
    "werkplaats.site.middleware.TooOften",
    "werkplaats.site.middleware.kept_when_signed_out",
    "werkplaats.desk.gate.only_what_is_open",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "werkplaats.site.frame.frame",
            ]
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("WERKPLAATS_DATABASE") or f"sqlite:///{DATA / 'werkplaats.sqlite3'}",
        conn_max_age=60,
        # After the database was away nobody meets a line that died with it.
        conn_health_checks=True,
    )
}
_is_sqlite = DATABASES["default"]["ENGINE"].endswith("sqlite3")
# The framework's own, which tell the page cache when something that visitors see has changed.
DATABASES["default"]["ENGINE"] = f"werkplaats.core.databases.{'sqlite3' if _is_sqlite else 'postgresql'}"
if _is_sqlite:
    # IMMEDIATE: a writer waits for its turn instead of failing halfway. WAL: readers do not wait for it.
    # FULL: what we said we kept is on the disk.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;",
    }

PAGE_CACHE_BYTES = int(os.environ.get("WERKPLAATS_CACHE_MB", "32")) * 1_000_000
# What no page for everyone is made from. A write to any other table empties the page cache (core/freshness.py); a test
# looks whether a page for everyone reads one of these.
UNSEEN_TABLES = frozenset(
    """
    core_freshness core_attempt core_draft core_mail core_logentry core_loghead cache people_session people_invitation
    news_rendition
    wagtailadmin_editingsession wagtailadmin_formstate wagtailcore_modellogentry wagtailcore_pagelogentry
    wagtailcore_referenceindex wagtailcore_revision wagtailcore_uploadedfile wagtailusers_userprofile
    """.split()
)

# In the database, so that it is shared by all processes.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "werkplaats.people.rules.DeskAccess",
    "allauth.account.auth_backends.AuthenticationBackend",
    "sesame.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "werkplaats.people.rules.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "mine"
SESAME_MAX_AGE = timedelta(minutes=15)
SESAME_ONE_TIME = True
ACCOUNT_ADAPTER = "werkplaats.site.signing.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
# Ours count instead, in site/passwords.py.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "werkplaats.site.signing_forms.Login",
    "reset_password": "werkplaats.site.signing_forms.ResetPassword",
    "reset_password_from_key": "werkplaats.site.signing_forms.NewPassword",
    "change_password": "werkplaats.site.signing_forms.ChangePassword",
    "set_password": "werkplaats.site.signing_forms.SetPassword",
    "reauthenticate": "werkplaats.site.signing_forms.Again",
}

SESSION_ENGINE = "werkplaats.site.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "werkplaats.site.errors.form_was_open_too_long"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES and HTTPS else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"

# Other sites may read the API from a browser, without cookies; nothing else here.
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS", "POST"]
CORS_ALLOW_HEADERS = ["accept", "content-type"]
CORS_EXPOSE_HEADERS = ["API-Version", "Retry-After", "Link"]

# All mail waits in the database; a process of its own sends it (core/outbox.py).
EMAIL_BACKEND = "werkplaats.core.outbox.Backend"
_mail = urlsplit(os.environ.get("WERKPLAATS_MAIL", ""))
if _mail.hostname:
    MAIL_DELIVERY = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname, _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_TLS = _mail.path == "/tls"
    EMAIL_TIMEOUT = 20
else:
    MAIL_DELIVERY = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("WERKPLAATS_MAIL_FROM", "Werkplaats <werkplaats@localhost>")

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

# Derived data: the follower makes it anew when it is lost (catalogue/follower.py).
SEARCH_FOLDER = DATA / "search"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = os.environ.get("WERKPLAATS_ADDRESS", "http://127.0.0.1:8000")
WAGTAIL_FRONTEND_LOGIN_URL = "/inloggen/"
WAGTAILADMIN_LOGIN_URL = "/inloggen/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
# Finding a page or a picture at the desk needs no index: there are few, and the words of titles do.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database.fallback", "AUTO_UPDATE": False}}
WAGTAILIMAGES_IMAGE_MODEL = "news.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "werkplaats.news.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "gif"]
WAGTAILDOCS_DOCUMENT_MODEL = "news.Paper"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "werkplaats.news.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands"), ("en", "English")]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
