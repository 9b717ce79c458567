import Foundation
import Testing

/// What a shell offers while the command is typed, asked of the real shells.
@Suite struct CompletionTests {
  @Test("bash completes commands, options, values, rules, packs and files")
  func bash() throws {
    let folder = try TemporaryFolder()
    try folder.add("notes.txt")
    let script = """
      PATH=$(dirname "$1"):$PATH
      cd '\(folder.path)'
      . <("$1" completions bash)
      # `complete -o filenames -F FUNCTION weir`
      function=$(complete -p weir | sed 's/.* -F \\([^ ]*\\) .*/\\1/')
      ask() {
        COMP_LINE="$*" COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
        COMP_POINT=${#COMP_LINE}
        "$function" weir "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        echo "$*: ${COMPREPLY[*]}"
      }
      ask weir sc
      ask weir rules sho
      ask weir scan --exit
      ask weir scan --format s
      ask weir scan --report ju
      ask weir scan --rule github.pers
      ask weir redact --no-rule 'aws.*,github.personal-t'
      ask weir scan --pack ai,clou
      ask weir rules show github.personal
      ask weir scan no
      ask weir completions f
      """
    let bash = "exec bash --norc -c '\(script.replacing("'", with: "'\\''"))' bash \"$1\""
    let outcome = try Command.run([], through: bash)
    #expect(
      outcome.lines == [
        "weir sc: scan", "weir rules sho: show", "weir scan --exit: --exit-zero",
        "weir scan --format s: sarif", "weir scan --report ju: junit=",
        "weir scan --rule github.pers: github.personal-token",
        "weir redact --no-rule aws.*,github.personal-t: aws.*,github.personal-token",
        "weir scan --pack ai,clou: ai,cloud",
        "weir rules show github.personal: github.personal-token", "weir scan no: notes.txt",
        "weir completions f: fish",
      ], "\(outcome.errors)")
  }

  @Test(
    "zsh and fish complete options, rules and packs as they are typed",
    arguments: [
      (
        "zsh",
        "weir completions zsh > _weir; exec zsh -f",
        "fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D; clear; echo re\"\"ady"
      ),
      (
        "fish",
        "weir completions fish > weir.fish; exec fish --no-config",
        "source weir.fish; clear; echo re\"\"ady"
      ),
    ])
  func others(shell: String, start: String, prepare: String) throws {
    guard access("/usr/bin/\(shell)", X_OK) == 0 else {
      throw TerminalWindow.Failed(
        description: "no /usr/bin/\(shell); scripts/bootstrap installs it")
    }
    let window = try TerminalWindow(start)
    try window.type(prepare, "Enter")
    #expect(try window.screen(showing: "ready").contains("ready"))
    for (typed, completed) in [
      ("weir scan --exit-z", "weir scan --exit-zero"),
      (" --rule github.pers", " --rule github.personal-token"),
      (" --pack ai,clou", " --pack ai,cloud"),
    ] {
      try window.type(typed, "Tab")
      let screen = try window.screen(showing: completed)
      #expect(screen.contains(completed), "\(screen)")
    }
  }
}
