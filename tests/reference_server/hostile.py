"""Text that a careless terminal program stumbles over.

Everything here may legally stand in a title, a description or a contributor's name:
the site stores what its users and three code hosts send. NUL is left out, because
the site's database refuses it. Invisible characters are written as escapes.
"""

from __future__ import annotations

MARKUP = (
    "[/]",
    "[bold]x[/bold]",
    "[/bold] closes nothing",
    "[@click=app.quit]quit[/]",
    "[link=file:///tmp/x]press[/link]",
    "a \\[bold] b [",
    "**bold** <b>bold</b> `code` {braces} %s $HOME",
)
"""Text that a console markup parser would act on or fail at."""

ESCAPES = (
    "\x1b]0;owned\x07title",
    "\x1b]52;c;b3duZWQ=\x07clipboard",
    "\x1b]8;;http://127.0.0.1/\x1b\\link\x1b]8;;\x1b\\",
    "\x1b[2J\x1b[H\x1b[31mred",
    "\x1b[?1049l\x1b[?25l\x1bc",
    "\x9b31mC1 CSI\x9c",
    "\x90DCS\x9c \x9d0;C1 OSC\x9c \x85next line",
    "back\x08\x08\x08space \x7fdel \x07bell",
)
"""Control sequences: window title, clipboard, links, clearing, resets, C1 forms."""

BIDI = (
    "\u202egnp.exe\u202c",
    "\u2066isolate\u2069 \u200fmark",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 mixed",
)
"""Directional controls, and honest right-to-left text."""

SPACING = (
    "first line\nsecond line",
    "carriage\rreturn",
    "windows\r\nline\r\n\r\nends",
    "tab\tstop",
    "spaces at the end   ",
    "   spaces before",
    "line\u2028separator\u2029paragraph",
    "no\u00a0break\u3000wide\u200bzero",
    " ",
)
"""White space where one tidy line is expected."""

WIDE = (
    "\u6f22\u5b57" * 25,
    "\ud55c\uad6d\uc5b4\ud328\ud0a4\uc9c0" * 16,
    "\uff21\uff22\uff23 fullwidth \uff5e",
)
"""East Asian text; the first is 100 columns in 50 characters."""

COMBINING = (
    "e\u0301\u0301\u0301\u0301 cafe\u0301",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324algo",
    "\u0301starts with a mark",
    "\u0e01\u0e33 \u0928\u093f \u1100\u1161\u11a8",
)
"""Marks that take no column of their own."""

EMOJI = (
    ":couple: Multi-user accounts",
    ":tada::rocket: :not_an_emoji: 12:30:45",
    "\U0001f469\u200d\U0001f4bb\U0001f468\u200d\U0001f469\u200d\U0001f467 family",
    "\U0001f1f3\U0001f1f1\U0001f1fa flags \u2764\ufe0f \u2764\ufe0e \u0031\ufe0f\u20e3",
    "\U0001f44d\U0001f3fd skin",
)
"""Shortcodes unconverted, joined sequences, flags, variation selectors."""

ENTITIES = (
    "Fast &amp; simple &lt;app&gt; &#39;quoted&#39; &nbsp; &bogus;",
    "<script>alert(1)</script><!-- --> ]]>",
)
"""Text that was HTML once."""

LONG = (
    "x" * 100,
    "django" * 15,
    "https://example.org/" + "a/" * 40,
)
"""Words longer than any column."""

TITLES: tuple[str, ...] = tuple(
    text[:100]
    for group in (
        MARKUP,
        ESCAPES,
        BIDI,
        SPACING,
        WIDE,
        COMBINING,
        EMOJI,
        ENTITIES,
        LONG,
    )
    for text in group
)
"""Every text above, cut to a title's 100 characters."""

DESCRIPTIONS: tuple[str, ...] = (
    *MARKUP,
    *ESCAPES,
    *BIDI,
    *SPACING,
    *COMBINING,
    *EMOJI,
    *ENTITIES,
    "w" * 3000,
    "many words " * 400,
    "line\n" * 200,
    "\u6f22\u5b57" * 400,
    "\U0001f389" * 300,
)
"""Every short text above, and texts far beyond the usual 500 characters."""

NAMES: tuple[str, ...] = (
    "[/]",
    "[bold]name[/bold]",
    "\x1b[31mred",
    "\u202etxet",
    "Jos\u00e9 Mar\u00eda \u00d1and\u00fa",
    "\u5c71\u7530 \u592a\u90ce",
    "\u0414\u043c\u0438\u0442\u0440\u0438\u0439",
    "name\nbreak",
    "trailing ",
    "",
    "n" * 120,
    "\U0001f984",
)
"""Display names as a code host may give them."""
