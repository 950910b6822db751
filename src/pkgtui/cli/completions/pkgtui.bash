# Completes pkgtui in bash. In ~/.bashrc:
#
#   eval "$(pkgtui completion bash)"
#
# or, where the package bash-completion is installed, once:
#
#   pkgtui completion bash > ~/.local/share/bash-completion/completions/pkgtui

_pkgtui() {
    local candidate
    COMPREPLY=()
    # The answers are quoted already: nothing of them is expanded here.
    while IFS= read -r candidate; do
        COMPREPLY+=("$candidate")
    done < <(
        command pkgtui completion bash -- \
            "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" </dev/null 2>/dev/null
    )
}

# Bash before 4.4 cannot keep the order.
complete -o nosort -F _pkgtui pkgtui 2>/dev/null || complete -F _pkgtui pkgtui
