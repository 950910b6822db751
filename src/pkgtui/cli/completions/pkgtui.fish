# Completes pkgtui in fish. Once:
#
#   pkgtui completion fish > ~/.config/fish/completions/pkgtui.fish

function __pkgtui_complete
    # What is inserted, fish quotes.
    command pkgtui completion fish -- (commandline --cut-at-cursor --current-process \
        | string collect) </dev/null 2>/dev/null
end

complete --command pkgtui --no-files --keep-order --arguments '(__pkgtui_complete)'
