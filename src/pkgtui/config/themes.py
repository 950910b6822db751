"""The themes that can be asked for by name: Textual's own, told without loading it."""

AUTOMATIC = "auto"
"""No theme in particular: the one chosen last, or else one that suits the terminal."""

ANSI_THEMES = ("ansi-dark", "ansi-light")
"""Made of the terminal's own sixteen colors."""

THEMES = (
    "textual-dark",
    "textual-light",
    *ANSI_THEMES,
    "atom-one-dark",
    "atom-one-light",
    "catppuccin-frappe",
    "catppuccin-latte",
    "catppuccin-macchiato",
    "catppuccin-mocha",
    "dracula",
    "flexoki",
    "gruvbox",
    "monokai",
    "nord",
    "rose-pine",
    "rose-pine-dawn",
    "rose-pine-moon",
    "solarized-dark",
    "solarized-light",
    "tokyo-night",
)
