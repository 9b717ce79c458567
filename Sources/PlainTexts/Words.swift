/// What the texts are made of.
package enum Words {
  package static let common = [
    "the", "a", "of", "to", "and", "in", "is", "it", "for", "that", "was", "on", "with", "as",
    "not", "by",
    "request", "connection", "closed", "opened", "retry", "after", "before", "failed", "finished",
    "started",
    "timeout", "session", "user", "worker", "queue", "job", "cache", "miss", "hit", "key",
    "secret",
    "expired", "refreshed", "rotated", "loaded", "missing", "default", "value", "returned",
    "server", "client",
    "database", "replica", "primary", "shard", "index", "table", "row", "column", "batch", "stream",
    "offset",
    "partition", "message", "published", "received", "upload", "download", "object", "bucket",
    "region",
    "deploy", "build", "release", "branch", "commit", "merge", "test", "passed", "skipped",
    "warning",
  ]

  /// What names begin with: also what providers are called, for code that talks to them says so.
  package static let things = [
    "user", "order", "cache", "sort", "primary", "foreign", "partition", "session", "access",
    "public",
    "config", "lookup", "object", "row", "storage", "request", "account", "billing", "search",
    "map",
    "github", "stripe", "openai", "aws", "azure", "google", "slack", "datadog", "twilio", "heroku",
    "csrf", "page", "next", "parser", "lexer", "auth", "api", "client", "service", "event", "redis",
  ]

  /// What names end with: one in nine with a noun of credentials, as in code of services.
  package static let endings = [
    "id", "name", "count", "path", "url", "value", "index", "size", "list", "map", "state", "limit",
    "offset",
    "key", "node", "buffer", "length", "type", "kind", "flag", "start", "end", "result", "error",
    "token", "time",
    "date", "total", "version", "mode", "level", "status", "secret", "user", "host", "port", "line",
    "column",
    "password",
  ]

  static let hosts = ["web1", "web2", "db1", "cache3", "worker7", "gate0", "build4"]
  package static let units = [
    "sshd", "systemd", "kernel", "cron", "dockerd", "kubelet", "nginx", "postfix/smtpd", "dhclient",
    "sudo",
  ]
  package static let services = [
    "orders", "billing", "search", "gateway", "mailer", "ledger", "accounts",
  ]
  package static let packages = [
    "lodash", "react", "express", "left-pad", "webpack", "chalk", "semver", "typescript", "eslint",
    "jest",
    "serde", "tokio", "rand", "libc", "syn", "quote", "hyper", "requests", "numpy", "urllib3",
    "certifi",
    "idna", "attrs", "pytest", "django", "flask", "jinja2", "stripe", "openai", "boto3",
    "slack-sdk",
  ]
  static let paths = [
    "/", "/health", "/api/v1/orders", "/api/v1/users/42", "/static/app.css", "/static/logo.png",
    "/login", "/search", "/oauth/authorize", "/.well-known/security.txt", "/favicon.ico",
    "/metrics",
  ]
  static let agents = [
    "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0", "curl/8.5.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)",
    "kube-probe/1.30", "python-requests/2.32.3", "Googlebot/2.1",
  ]
}
