#compdef pkgtui
# Completes pkgtui in zsh. In ~/.zshrc, after compinit:
#
#   source <(pkgtui completion zsh)
#
# or once, with a folder of $fpath:
#
#   pkgtui completion zsh > ~/.zsh/completions/_pkgtui

_pkgtui() {
    local word about
    local -a found shown
    local -i width=0
    while IFS=$'\t' read -r word about; do
        found+=("$word")
        shown+=("$about")
        (( ${#word} > width )) && width=${#word}
    done < <(
        command pkgtui completion zsh -- \
            "${(j: :)words[1,CURRENT-1]} $QIPREFIX$IPREFIX$PREFIX" </dev/null 2>/dev/null
    )
    local -i at
    for (( at = 1; at <= $#found; at++ )); do
        if [[ -n $shown[at] ]]; then
            shown[at]="${(r:width:)found[at]}  $shown[at]"
        else
            shown[at]=$found[at]
        fi
    done
    # What is inserted, compadd quotes.
    compadd -l -V pkgtui -d shown -a -- found
}

if [[ $funcstack[1] == _pkgtui ]]; then
    _pkgtui "$@"
else
    compdef _pkgtui pkgtui
fi
