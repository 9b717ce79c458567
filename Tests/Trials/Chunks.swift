public import WeirSpecimens

/// Cuts a vector into pieces of up to `most` bytes, some of them empty.
public func randomChunks(
  of bytes: [UInt8], atMost most: Int, random: inout SplitMix64
) -> [ArraySlice<UInt8>] {
  var chunks: [ArraySlice<UInt8>] = []
  var place = 0
  while place < bytes.count {
    let end = min(place + random.below(most + 1), bytes.count)
    chunks.append(bytes[place..<end])
    place = end
  }
  return chunks
}
