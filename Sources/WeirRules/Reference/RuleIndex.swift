internal import WeirCore

/// The first page of the reference: what the words on the others mean, and who is on which.
struct RuleIndex {
  let providers: [Provider]
  let rules: [RuleDefinition]

  var text: String {
    [head, reading, confidence, power, packs, list].joined(separator: "\n\n") + "\n"
  }

  private var head: String {
    let pages = Set(providers.map(\.page)).sorted().map { page in
      "[\(page.dropLast(3).uppercased())](\(page))"
    }
    return """
      # What Weir looks for

      \(rules.count.of("rule")) of \(providers.count.of("provider")), by first letters:
      \(pages.joined(separator: " · "))

      These pages are made from the rules in `rules/` by `make rule-pages`; change those, not these.
      `weir rules list` says what the command at hand knows.
      """
  }

  private var reading: String {
    """
    ## How to read a page

    A rule's heading is its id, `provider.noun`: the word in a finding and its mask. Under it stand:

    | | |
    |---|---|
    | **A thief gets** | what its holder can do, the worst that holds: its [power](#power) |
    | **Form** | how it is written, from left to right, as it is matched. Code stands there as it \
    is. What is called *the secret* is masked and reported alone; else the whole is |
    | **Looked for** | where that form counts. *Everywhere*: the form alone is evidence enough |
    | **Check** | what is computed, if there is a checksum. Lengths and letters belong to the form |
    | **Confidence** | how sure a finding is: [below](#confidence) |
    | **Packs** | the sets it belongs to; the first is its category |
    | **If it leaked** | where to revoke it, and what to do after that |
    | **Test** | the command that shows the rule as it is written |

    A *credential's name* ends in one of \(nouns),
    written small, in capitals or with a capital first: `API_KEY`, `clientSecret`, `--token`. Its value stands right behind it, after a
    sign such as `=` or `:`, blanks, quotes or a word such as `Bearer`. The words listed stand in
    that name, or before it on the same line, in any case; a blank in them stands for a blank, `_`,
    `-`, `.` or nothing. Of words *behind* which a form is looked for, a blank stands for one of the
    four.

    <a id="encoded"></a>*Encoded* means: as base64 at any alignment (base64url too), in hex, as UTF-16 of either end, or with every
    byte as a percent sign or `\\u00` and two hex digits. A finding says so: `via`.

    <a id="judge"></a>A *judge* weighs what has no form of its own: the name (`db_password` promises more than `key`),
    the value (dice, a word and a number, words, a path, a template, a digest), and what stands around it (quotes,
    a call, a blank on either side of the sign). What it is sure of has the confidence of its rule;
    what is a guess has `low`; what stands for a secret elsewhere is none.

    How exactly all of this is decided is said in [0001](../design/0001-what-a-finding-is.md); how
    rules are written, in [0002](../design/0002-shape-language.md).
    """
  }

  private var nouns: String { Listing.join(Nouns.all.map { Markdown.code($0) }, "or") }

  private var confidence: String {
    let meanings: [(Confidence, String)] = [
      (.high, "the form, or the form and its place, is hardly ever anything else"),
      (
        .medium,
        "the form is shared by other things; its place, or the words before it, make it likely"
      ),
      (
        .low,
        "a guess, or its check failed. `weir scan` tells it only with `--min-confidence low`; "
          + "`weir redact` masks it only where a check failed"
      ),
    ]
    let rows = meanings.map { level, meaning in
      Markdown.row(level.name, meaning, count { $0.confidence == level })
    }
    return """
      ## Confidence

      | | a finding is | rules |
      |---|---|--:|
      \(rows.joined(separator: "\n"))
      """
  }

  private var power: String {
    let rows = PowerWords.all.map { words in
      Markdown.row(words.power, words.gain, words.next, count { $0.power == words.power })
    }
    return """
      ## Power

      | | a thief gets | once it is revoked | rules |
      |---|---|---|--:|
      \(rows.joined(separator: "\n"))

      Always revoke first: a secret that was taken out of a log, or out of a repository, is as good
      as before to whoever read it.
      """
  }

  private var packs: String {
    let names = Set(rules.flatMap(\.packs)).sorted()
    let rows = names.map { pack in
      let members = rules.filter { $0.packs.contains(pack) }
      return Markdown.row(
        Markdown.code(pack), members.count.inWords,
        Set(members.map(\.provider)).count.inWords)
    }
    return """
      ## Packs

      A rule may belong to several.

      | pack | rules | providers |
      |---|--:|--:|
      \(rows.joined(separator: "\n"))
      """
  }

  private var list: String {
    let rows = providers.map { provider in
      let packs = Set(provider.rules.flatMap(\.packs)).sorted()
      return Markdown.row(
        "[\(Markdown.text(provider.name))](\(provider.page)#\(provider.word))",
        Markdown.code(provider.word), provider.rules.count.inWords, packs.joined(separator: ", "))
    }
    return """
      ## Providers

      | provider | first word of its ids | rules | packs |
      |---|---|--:|---|
      \(rows.joined(separator: "\n"))
      """
  }

  private func count(where holds: (RuleDefinition) -> Bool) -> String {
    rules.count(where: holds).inWords
  }
}
