internal import WeirCore
internal import WeirIO
internal import WeirRules

extension Setting {
  private static let mostThreadsOfProject = 64

  /// What is looked at, and what the outcome means, is said with each run.
  static let optionsOfRuns: Set<String> = [
    "exit-zero", "quiet", "receipt", "config", "no-config", "no-allow", "git", "range", "branch",
    "since", "reflog", "staged",
  ]

  /// In the order in which they are shown.
  static let all: [Setting] =
    rules + files + archives + suppressions + reports + [
      Setting(
        "threads", .number, \.threadOption.threads, builtIn: "\(Threads.available)",
        trust: .upTo("\(mostThreadsOfProject)") {
          $0.threadOption.threads ?? 0 <= mostThreadsOfProject
        })
    ]

  private static let rules: [Setting] = [
    Setting(list: "pack", \.ruleOptions.pack),
    Setting(list: "rule", \.ruleOptions.rule),
    Setting(list: "no-rule", \.ruleOptions.noRule),
    Setting(
      "min-confidence", .text, \.ruleOptions.minConfidence, builtIn: Confidence.medium.name,
      text: \.name),
    Setting(list: "with-rules", \.catalogueOptions.withRules, isPath: true, trust: .ownFiles),
    Setting("catalogue", .text, \.catalogueOptions.catalogue, isPath: true, trust: .ownFiles),
  ]

  private static let files: [Setting] = [
    Setting("hidden", .flag, \.treeOptions.hidden, builtIn: "true"),
    Setting("ignore", .flag, \.treeOptions.ignore, builtIn: "true"),
    Setting("binary", .flag, \.treeOptions.binary, builtIn: "true"),
    // In the environment a comma could not be told from one between braces.
    Setting(list: "glob", \.treeOptions.glob, hasVariable: false),
    Setting("max-filesize", .size, \.treeOptions.maxFilesize),
    Setting("show-skipped", .flag, \.treeOptions.showSkipped, builtIn: "false"),
  ]

  private static let archives: [Setting] = {
    let most = ArchiveLimits()
    return [
      Setting("archives", .flag, \.archiveOptions.archives, builtIn: "true"),
      Setting(
        "archive-depth", .number, \.archiveOptions.archiveDepth, builtIn: "\(most.depth)",
        trust: .upTo("\(most.depth)") {
          $0.archiveOptions.askedLimits.depth <= ArchiveLimits().depth
        }),
      Setting(
        "max-archive-ratio", .number, \.archiveOptions.maxArchiveRatio,
        builtIn: "\(most.mostRatio)",
        trust: .upTo("\(most.mostRatio)") {
          $0.archiveOptions.askedLimits.mostRatio <= ArchiveLimits().mostRatio
        }),
      Setting(
        "max-archive-size", .size, \.archiveOptions.maxArchiveSize,
        builtIn: "\(ByteSize(bytes: most.mostBytes))",
        trust: .upTo("\(ByteSize(bytes: most.mostBytes))") {
          $0.archiveOptions.askedLimits.mostBytes <= ArchiveLimits().mostBytes
        }),
    ]
  }()

  private static let suppressions: [Setting] = [
    Setting(list: "allow-list", \.allowOptions.allowList, isPath: true, trust: .ownFiles),
    Setting(list: "gitleaks-ignore", \.allowOptions.gitleaksIgnore, isPath: true, trust: .ownFiles),
    Setting(
      "secrets-baseline", .text, \.allowOptions.secretsBaseline, isPath: true, trust: .ownFiles),
    Setting("baseline", .text, \.baseline, isPath: true, trust: .ownFiles),
  ]

  private static let reports: [Setting] = [
    Setting("format", .text, \.format, builtIn: ReportFormat.text.rawValue, text: \.rawValue),
    Setting(
      list: "report", \.report, hasVariable: false,
      trust: .none("it writes files"), text: { "\($0.format.rawValue)=\($0.file.text)" }),
    Setting("max-findings", .number, \.reportOptions.maxFindings),
    // WEIR_KEY is the key itself.
    Setting(
      "key", .text, \.keyOption.file, isPath: true,
      isSecret: true, trust: .none("it reads a key, which is not the project's")),
  ]
}
