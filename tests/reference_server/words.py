"""The words that generated titles, slugs, people and descriptions are made of."""

from __future__ import annotations

PREFIXES = (
    "django-",
    "django-",
    "django-",
    "django-",
    "dj-",
    "drf-",
    "wagtail-",
    "djangocms-",
    "pinax-",
    "mezzanine-",
    "",
)
"""What names begin with; repeated in proportion."""

_TOPICS = """
accounts activity admin ajax analytics api archive assets async audit auth
autocomplete backup badges billing blocks blog bookmarks cache calendar captcha cart
catalog celery channels chat checkout choices comments compressor config contact
content cookies cors countries crm cron csv currency dashboard dates debug docs editor
email encrypted environ events exports extensions facets feature feeds files filters
flags flatpages forms forum friends gallery generic geo graphql guardian health
helpdesk history hooks htmx images imports invitations invoices jobs json jwt keys
ldap likes links locale logging mail maps markdown media menus messages metrics
migrations moderation money monitor mptt multisite newsletter notes notifications
oauth objects openid organizations pages pagination passwords payments pdf permissions
photos pipeline plans plugins podcasts polls postgres postman privacy profiles
projects push queries queue ratings react redirects redis registration reports rest
reversion roles router rss rules saml scheduler schema search security select2 seo
serializers sessions settings shop shortener signals simple singleton sitemaps slugs
sms social sortable sso static storage stripe subscriptions surveys tables tags tasks
taxonomy tenants testing themes throttle thumbnails tickets tinymce toolbar tracking
translations tree uploads urls users uuid versions video views votes vue waffle
webhooks widgets wiki workflow wysiwyg
"""

TOPICS = tuple(_TOPICS.split())
"""What packages are about."""

VERBS = ("adds", "manages", "renders", "simplifies", "wraps", "integrates", "validates")
"""What packages do."""

TAILS = (
    "for Django projects",
    "for the Django admin",
    "with a minimum of configuration",
    "out of the box",
    "without JavaScript",
    "using nothing but the ORM",
    "with type hints and tests",
    "for Django REST framework",
)
"""How descriptions end."""

_SYLLABLES = "ba da fi go hu ja ka li mo na pe qu ro sa ti vo wa xi yu zo"

SYLLABLES = tuple(_SYLLABLES.split())
"""What people's logins are made of."""

BOTS = (
    "dependabot[bot]",
    "pre-commit-ci[bot]",
    "renovate[bot]",
    "github-actions[bot]",
    "allcontributors[bot]",
    "dependabot-preview[bot]",
    "pyup-bot",
)
"""Contributors that are no people."""

FIRST_NAMES = ("Ana", "Ben", "Chlo\u00e9", "Dmitri", "Elif", "Femi", "Grace", "Hana")
"""Given names, for hosts that give display names."""

LAST_NAMES = (
    "Costa",
    "de Vries",
    "Garc\u00eda",
    "M\u00fcller",
    "O'Neil",
    "Okafor",
    "Sato",
)
"""Family names, for hosts that give display names."""
