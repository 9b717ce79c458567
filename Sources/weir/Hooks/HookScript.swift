internal import Glibc
internal import WeirIO

extension Hook.Kind {
  /// The line by which Weir knows a hook of its own, of any version.
  static let mark = "# Written by `weir hook install`; `weir hook uninstall` removes it."

  /// What another hook has to run in the place of this one.
  var call: String {
    switch self {
    case .preCommit: "weir scan --staged || exit 1"
    case .prePush: "weir scan --git --range OLD..NEW || exit 1"
    }
  }

  /// The hook, for the shell that git runs it with.
  var script: String {
    """
    #!/bin/sh
    \(Self.mark)
    weir=weir
    command -v weir >/dev/null || weir=\(Self.quoted(Self.ownPath))
    \(body)

    """
  }

  private var body: String {
    switch self {
    case .preCommit:
      """
      "$weir" scan --quiet --staged
      status=$?
      case $status in
      0) ;;
      1) echo 'weir: not committed, for secrets are staged. Take them out and stage again; `git commit --no-verify` commits all the same' >&2 ;;
      *) echo 'weir: not committed, for not all that is staged was looked at. `git commit --no-verify` commits all the same' >&2 ;;
      esac
      exit $status
      """
    case .prePush:
      """
      remote=$1
      none=$(git hash-object --stdin </dev/null | tr 0-9a-f 0)
      status=0
      while read -r _ new _ old; do
        if [ "$new" = "$none" ]; then continue; fi
        if [ "$old" != "$none" ] && git cat-file -e "$old^{commit}" 2>/dev/null; then
          range=$old..$new
        else
          # Of what no branch of the remote has, and where it begins; the whole history where it begins nowhere.
          commits=$(git rev-list --boundary "$new" --not --remotes="$remote") || status=2
          if [ -z "$commits" ]; then continue; fi
          base=$(echo "$commits" | sed -n 's/^-//p' | head -n 1)
          range=${base:+$base..}$new
        fi
        "$weir" scan --quiet --git --range "$range" </dev/null >&2
        result=$?
        if [ "$result" -gt "$status" ]; then status=$result; fi
      done
      case $status in
      0) ;;
      1) echo 'weir: not pushed, for there are secrets in these commits. Revoke them or take them out of the history; `git push --no-verify` pushes all the same' >&2 ;;
      *) echo 'weir: not pushed, for not all of these commits was looked at. `git push --no-verify` pushes all the same' >&2 ;;
      esac
      exit $status
      """
    }
  }

  /// Where this command is; git may be run where its folder is not on PATH.
  private static var ownPath: String {
    guard let path = realpath("/proc/self/exe", nil) else { return "weir" }
    defer { free(path) }
    return String(cString: path)
  }

  /// One word of the shell.
  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
