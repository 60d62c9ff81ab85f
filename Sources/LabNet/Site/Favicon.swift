/// The icon: two ends and the pipe between them, as an ICO file with one picture of 32-bit pixels.
enum Favicon {
  static let bytes: [UInt8] = icon()

  /// Each character is a pixel; the palette below says which.
  private static let picture = [
    "................",
    "................",
    ".####......####.",
    "######....######",
    "######....######",
    "######....######",
    ".####......####.",
    "..##...oo...##..",
    "..##..o..o..##..",
    "..##..o..o..##..",
    "..##.oooooo.##..",
    "..####oooo####..",
    "..####oooo####..",
    ".....oooooo.....",
    "................",
    "................",
  ]

  /// Blue, green, red, opacity: the order of a Windows bitmap.
  private static func pixel(_ character: Character) -> [UInt8] {
    switch character {
    case "#": [0x7a, 0x77, 0x0f, 0xff]
    case "o": [0x2c, 0x9d, 0xe8, 0xff]
    default: [0, 0, 0, 0]
    }
  }

  private static func icon() -> [UInt8] {
    let side = picture.count
    // Rows go from the bottom up; the mask behind them has one bit a pixel, rows of four bytes, all used.
    let pixels = picture.reversed().flatMap { $0.flatMap(pixel) }
    let mask = [UInt8](repeating: 0, count: side * 4)
    let bitmap = header(side) + pixels + mask
    let directory: [UInt8] = little(0, 2) + little(1, 2) + little(1, 2)
    let entry: [UInt8] =
      [UInt8(side), UInt8(side), 0, 0] + little(1, 2) + little(32, 2) + little(bitmap.count, 4)
      + little(22, 4)
    return directory + entry + bitmap
  }

  /// BITMAPINFOHEADER; its height counts picture and mask.
  private static func header(_ side: Int) -> [UInt8] {
    let size = little(40, 4) + little(side, 4) + little(side * 2, 4)
    return size + little(1, 2) + little(32, 2) + [UInt8](repeating: 0, count: 24)
  }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
}
