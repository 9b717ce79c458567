import Testing
import WeirCore
import WeirSpecimens

/// What the generic pack takes for a credential, and what it leaves alone.
@Suite("The judge weighs name, value and surroundings")
struct JudgeTests {
  /// Lines in which `{n}` stands for so many letters and digits.
  @Test(
    "what a name calls secret and can be nothing else is found, in the dresses of the world",
    arguments: [
      "2026-11-21 INFO login user=bob password={10} ok", "password=hunter{2d}",
      "DB_PASSWORD=\"{12}!x\"", "\"password\": \"{12}\"", "{\\\"password\\\": \\\"{12}\\\"}",
      "{\\\"password\\\": \\\"{6},{6};\\\"}",
      "password: str = \"{12}\"", "const token: string = \"{36}\";", "--password {12}",
      "config[\"password\"] = \"{12}\"", "ENV[\"API_KEY\"] = \"{30}\"", "password => \"{10}\"",
      "spring.datasource.password={10}", "auth_token={24}", "X-Auth-Token: {30}", "key = \"{32}\"",
      "<password>{10}</password>", "<add key=\"DbPassword\" value=\"{11}\" />",
      "{\"name\": \"DB_PASSWORD\", \"value\": \"{14}\"}", "api_key = '{32}'", "apiKey: \"{40}\"",
      "client_secret={32h}", "access_key: {24}", "encryption-key: {44}", "pwd='{4}#{6}(x)'",
      "user=x&password={12}&go=1", "password%3D{12}%26", "PASSWORD=P@{9}!", "token={40}",
      "JWT_SECRET={24}", "pwd={12};database=foo", "api_key={32h}",
      "DXPass={12}", "password:\t{12}", "encryption_key: \"0x{64h}\"",
      "password=$Sum{4d}", "password=!g{9}",
    ])
  func positives(template: String) throws {
    for seed in 1...20 {
      var random = SplitMix64(seed: UInt64(seed))
      let (text, values) = Self.expanded(template, &random)
      let found = try scan(text).findings
      #expect(found.count == 1, "\(template)")
      #expect(found.allSatisfy { BuiltIn.catalogue.ruleID($0.rule).hasPrefix("generic.") })
      let range = found.first.map { Int($0.start)..<Int($0.end) } ?? 0..<0
      #expect(values.allSatisfy { range.contains($0.lowerBound) }, "\(template)")
    }
  }

  @Test(
    "what stands for a secret, is a word, a path, a call or a digest is none",
    arguments: [
      "password=password", "password: string", "password = getPassword()", "token: Token",
      "password = user.password", "\"password\": \"Enter your password\"", "password=<password>",
      "password=${DB_PASSWORD}", "token = process.env.TOKEN", "api_key=\"YOUR_API_KEY\"",
      "api_key = \"your-api-key-here\"", "secret = os.environ[\"SECRET\"]",
      "password: \"********\"",
      "key=\"cache/users/123\"", "\"key\": \"user_profile_image\"", "primary_key=True",
      "token = tokenizer.next_token()",
      "<input type=\"password\" name=\"password\" id=\"password\">",
      "password=null", "password=None;", "public_key = \"{32}\"", "csrf_token=\"{32}\"",
      "next_page_token: \"{30}\"", "secretName: my-app-secret",
      "secret: \"/run/secrets/db_password\"",
      "access_token_url = \"https://example.com/oauth/token\"", "bypass={9}d1", "monkey={9}d1",
      "key: \"com.example.service.UserManager\"", "passwordHash = sha256(password)", "key=value1",
      "password = args[1]", "pwd=/home/user1/dir", "password = \"%s\"", "token_type=\"bearer\"",
      "password: {{ vault_db_password }}", "password = var.db_password", "key_id = \"abc123\"",
      "secret_arn = \"arn:aws:secretsmanager:us-east-1:1:secret:x1\"", "password = \"changeme\"",
      "keyPassword = keystoreProperties[\"keyPassword\"]", "max_tokens: 4096", "token = 'abc'",
      "api_key: ${{ secrets.API_KEY }}", "key: ${{ hashFiles(\"x1\") }}", "etag_key: \"{32h}\"",
      "user, password = prefix.split(':', 1)", "password = cfg.get('password')", "key=\"{32h}\"",
      "password=\"{12} and so on\"", "token='{30}, {4}'",
      "$pass = $self->{pass}", "$PASSWORD = $CPAN::Config->{password}",
      "private_key: ed25519.Ed25519PrivateKey,",
      "socks5h://<username>:<password>@proxy-host/", "uint32_t aws_password = 0x{8h};",
      "--proxy-password Bearer", "password=decrypt{2d}(cfg)", "password = input{2d}",
      "'password' => $smtpPassword,", "'password' => '$fifthPassword'",
      "$email: String!, $password: String!, $name: String", "choosePassword: ?string;",
      "keychain_password: Helper.mac? ? 1 : 2", "proc do |a, user_password: false|",
      "password: !vault |",
      "db_password: !Ref DbPassword",
      "Never pass :data:`~app.current_app` as sender",
      "$pass = isset($url['pass']) ? ':'.$url['pass']",
      "https://<subdomain>:<subdomain_password>@www.dns.invalid/update.php?acme=rm",
      "https://<user>:<password>@h4.z9.io/u2?k=1", "\"parse-passwd\": \"^1.0.0\"",
      "password = \"%[2]s\"", "api_key=:censored:11:{10h}:",
      "\"assetToken\": \"Purple3/v4/{2h}/{2h}/{2h}/{8h}-{4h}-{4h}-{4h}-{12h}/pr_x1\"",
      "<key>Base.lproj/Main.storyboardc/BYZ-{2d}-t0r-view-8bC-Xf-vdC.nib</key>",
      "\"key\": \"0x{64h}\"", "\"access_token\": \"eyJ0eXAiOiJK{20}...\"",
      "password='{6},{6};\\\"", "$skiptoken={30}", "name=\"authenticity_token\" value=\"{60}\"",
      "&X-Amz-Credential=AKID{12}%2F20161107%2Feu", "password: 'my-new-password'",
    ])
  func negatives(template: String) throws {
    for seed in 1...20 {
      var random = SplitMix64(seed: UInt64(seed))
      let (text, _) = Self.expanded(template, &random)
      #expect(try scan(text).findings.isEmpty, "\(template)")
    }
  }

  @Test("what goes on behind a provider's credential, begins before it or beside it, is judged")
  func besideCredentials() throws {
    var maker = BuiltIn.maker(seed: 961)
    for _ in 0..<20 {
      let token = maker.specimen(of: "github.personal-token").bytes
      for (before, after) in [("", "!rest7q9Z"), ("x9!a7Q.", ""), ("k3!Wq8.", "!rest7q9Z")] {
        let value = Array(before.utf8) + token + Array(after.utf8)
        let text = Array("password=\"".utf8) + value + Array("\" ok".utf8)
        let found = try scan(text).findings
        #expect(found.count == 1, "\(before) and \(after)")
        #expect(found.first.map { Int($0.start)..<Int($0.end) } == 10..<10 + value.count)
      }
      let text = token + Array(" password=\("q7Wk2Zx9Ty")".utf8)
      #expect(try scan(text).findings.count == 2)
    }
  }

  @Test("a guess is reported only when guesses are asked for")
  func guesses() throws {
    var random = SplitMix64(seed: 7)
    for template in ["key=\"{32h}\"", "password=opensesame", "password=release-2"] {
      let (text, _) = Self.expanded(template, &random)
      #expect(try scan(text).findings.isEmpty, "\(template)")
      let low = try scan(text, policy: Policy(minConfidence: .low)).findings
      #expect(low.map(\.confidence) == [.low], "\(template)")
    }
  }

  @Test(
    "the name of a scheme is not even a guess", arguments: ["Basic", "Bearer", "Digest", "Token"])
  func schemes(scheme: String) throws {
    let text = Array("--proxy-password \(scheme)\n".utf8)
    #expect(try scan(text, policy: Policy(minConfidence: .low)).findings.isEmpty)
  }

  @Test("it is no surer than its rule")
  func bound() throws {
    var random = SplitMix64(seed: 8)
    var rule = try #require(BuiltIn.definitions.first { $0.id == "generic.password" })
    rule.confidence = .low
    let catalogue = try Catalogue(compiling: [rule])
    let (text, _) = Self.expanded("password={12}", &random)
    let found = try scan(text, policy: Policy(minConfidence: .low), catalogue: catalogue).findings
    #expect(found.map(\.confidence) == [.low])
  }

  /// `{12}` becomes letters and digits, of each kind at least one; `{12h}` hex digits, `{2d}` digits.
  private static func expanded(
    _ template: String, _ random: inout SplitMix64
  ) -> (text: [UInt8], values: [Range<Int>]) {
    var text: [UInt8] = []
    var values: [Range<Int>] = []
    var rest = template.utf8[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
      text += rest[..<open]
      let inner = rest[rest.index(after: open)...].prefix { $0 != UInt8(ascii: "}") }
      let digits = inner.prefix { (0x30...0x39).contains($0) }
      guard let count = Int(String(decoding: digits, as: UTF8.self)), inner.count < 4 else {
        text.append(UInt8(ascii: "{"))
        rest = rest[rest.index(after: open)...]
        continue
      }
      let start = text.count
      switch inner.last {
      case UInt8(ascii: "h"): text += random.bytes(Alphabet.named["hex"]!.bytes, count: count)
      case UInt8(ascii: "d"): text += random.bytes(Array("23456789".utf8), count: count)
      default: text += scrambled(count, &random)
      }
      values.append(start..<text.count)
      rest = rest[rest.index(after: inner.endIndex)...]
    }
    return (text + rest, values)
  }

  /// Small letters, digits and capitals in turn.
  private static func scrambled(_ count: Int, _ random: inout SplitMix64) -> [UInt8] {
    let kinds = ["bcdfghjkmpqrstvwxz", "23456789", "BCDFGHJKMPQRSTVWXZ"].map { Array($0.utf8) }
    return (0..<count).flatMap { random.bytes(kinds[$0 % 3], count: 1) }
  }
}
