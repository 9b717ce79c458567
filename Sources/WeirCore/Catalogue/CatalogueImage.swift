internal import Hyperscan

// The image of a catalogue: a magic word, then each table as its length in bytes and its bytes, then the database.

private let magic: [UInt8] = Array("WEIRCAT6".utf8)

extension Catalogue {
  public func image() throws(CatalogueError) -> [UInt8] {
    guard lineRules == nil else {
      throw .damagedImage(reason: "expressions have no place in one")
    }
    var writer = ImageWriter()
    writer.bytes = magic
    writer.append(tables.rules)
    writer.append(tables.forms)
    writer.append(tables.elements)
    writer.append(tables.literals)
    writer.append(UnsafeBufferPointer(start: tables.classes, count: 256))
    writer.append(tables.signatures)
    writer.append(tables.targets)
    writer.append(tables.targetNexts)
    writer.append(tables.zones)
    writer.append(tables.named)
    writer.append(tables.judged)
    writer.append(tables.nameNodes)
    writer.append(tables.nameTargets)
    writer.append(
      [
        tables.nameWithinBytes, Int(tables.valueClass), tables.valueLeastBytes,
        tables.nameLongestBytes, Int(tables.shortSet),
      ].map(UInt32.init))
    writer.append(tables.shortForms)
    writer.append(tables.prefixes)
    writer.append(tables.places)
    writer.append(tables.sets)
    writer.append(sieve.classes)
    writer.append(sieve.gate)
    writer.append(sieve.headNumbers)
    writer.append(sieve.heads)
    writer.append(sieve.starts)
    writer.append(sieve.numbers)
    writer.append(sieve.entries)
    writer.append(sieve.places)
    writer.append([UInt32(tables.widestBytes)])
    writer.append(texts.bytes)
    writer.append(texts.offsets)
    writer.append(try serializedDatabase())
    return writer.bytes
  }

  /// The database alone, as libhs serialises it.
  public func serializedDatabase() throws(CatalogueError) -> [UInt8] {
    do { return try database.get().database.serialized() } catch { throw .hyperscan(error) }
  }

  /// Reads an image that is part of the program.
  ///
  /// The tables are checked against each other; the database is trusted, as libhs trusts it: never give bytes that came from outside.
  ///
  /// - Parameter again: calls with the same bytes whenever it is called. The database is read then, when it is asked for; else it is read at once.
  public convenience init(
    trustedImage bytes: UnsafeRawBufferPointer,
    again: (@Sendable (_ body: (UnsafeRawBufferPointer) -> Void) -> Void)? = nil
  ) throws(CatalogueError) {
    try self.init(trustedImage: bytes, again: again, by: .fastest)
  }

  package convenience init(
    trustedImage bytes: UnsafeRawBufferPointer,
    again: (@Sendable (_ body: (UnsafeRawBufferPointer) -> Void) -> Void)? = nil,
    by way: SearchWay
  ) throws(CatalogueError) {
    guard bytes.count > magic.count, bytes.prefix(magic.count).elementsEqual(magic) else {
      throw .damagedImage(reason: "it does not begin as one")
    }
    var reader = ImageReader(bytes: bytes, position: magic.count)
    var tables = TableArrays()
    tables.rules = try reader.array()
    tables.forms = try reader.array()
    tables.elements = try reader.array()
    tables.literals = try reader.array()
    tables.classes = try reader.array()
    tables.signatures = try reader.array()
    tables.targets = try reader.array()
    tables.targetNexts = try reader.array()
    tables.zones = try reader.array()
    tables.named = try reader.array()
    tables.judged = try reader.array()
    tables.nameNodes = try reader.array()
    tables.nameTargets = try reader.array()
    let names: [UInt32] = try reader.array()
    guard names.count == 5, names[1] < TableArrays.mostClasses, names[4] <= UInt16.max else {
      throw .damagedImage(reason: "its tables contradict each other")
    }
    tables.nameWithinBytes = Int(names[0])
    tables.valueClass = UInt8(names[1])
    tables.valueLeastBytes = Int(names[2])
    tables.nameLongestBytes = Int(names[3])
    tables.shortSet = UInt16(names[4])
    tables.shortForms = try reader.array()
    tables.prefixes = try reader.array()
    tables.places = try reader.array()
    tables.sets = try reader.array()
    tables.sieve.classes = try reader.array()
    tables.sieve.gate = try reader.array()
    tables.sieve.headNumbers = try reader.array()
    tables.sieve.heads = try reader.array()
    tables.sieve.starts = try reader.array()
    tables.sieve.numbers = try reader.array()
    tables.sieve.entries = try reader.array()
    tables.sieve.places = try reader.array()
    let widest: [UInt32] = try reader.array()
    tables.widestBytes = Int(widest.first ?? 0)
    var texts = RuleTexts()
    texts.bytes = try reader.array()
    texts.offsets = try reader.array()
    guard tables.isConsistent, texts.isConsistent,
      texts.offsets.count == tables.rules.count * RuleTexts.Field.allCases.count + 1
    else { throw .damagedImage(reason: "its tables contradict each other") }
    let section = try reader.section()
    let range = reader.position - section.count..<reader.position
    let database: DatabaseSource
    if let again, way != .hyperscan, !tables.sieve.isEmpty {
      database = DatabaseSource { () throws(HyperscanError) in
        var result: Result<DatabaseSource.Loaded, HyperscanError>?
        again { image in
          result = Result { () throws(HyperscanError) in
            let section = UnsafeRawBufferPointer(rebasing: image[range])
            return DatabaseSource.Loaded(try Database(serialized: section))
          }
        }
        guard let result else { preconditionFailure("an image that was there is gone") }
        return try result.get()
      }
    } else {
      do { database = DatabaseSource(try Database(serialized: section)) } catch {
        throw .hyperscan(error)
      }
    }
    self.init(tables: tables, texts: texts, database: database, by: way)
  }
}

private struct ImageWriter {
  var bytes: [UInt8] = []

  mutating func append<Record: BitwiseCopyable>(_ records: [Record]) {
    records.withUnsafeBufferPointer { append($0) }
  }

  mutating func append<Record: BitwiseCopyable>(_ records: UnsafeBufferPointer<Record>) {
    let section = UnsafeRawBufferPointer(records)
    withUnsafeBytes(of: UInt32(section.count).littleEndian) { bytes += $0 }
    bytes += section
  }
}

private struct ImageReader {
  var bytes: UnsafeRawBufferPointer
  var position: Int

  mutating func section() throws(CatalogueError) -> UnsafeRawBufferPointer {
    guard position + 4 <= bytes.count else { throw .damagedImage(reason: "it ends too early") }
    let count = Int(
      UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
    position += 4
    guard position + count <= bytes.count else {
      throw .damagedImage(reason: "it ends too early")
    }
    defer { position += count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
  }

  mutating func array<Record: BitwiseCopyable>() throws(CatalogueError) -> [Record] {
    let section = try section()
    let stride = MemoryLayout<Record>.stride
    guard section.count % stride == 0 else {
      throw .damagedImage(reason: "a table has half a record")
    }
    return [Record](unsafeUninitializedCapacity: section.count / stride) { buffer, count in
      UnsafeMutableRawBufferPointer(buffer).copyMemory(from: section)
      count = section.count / stride
    }
  }
}
