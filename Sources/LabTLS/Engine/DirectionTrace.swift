import LabFacts

/// What OpenSSL has told about the records of one direction.
struct DirectionTrace {
  /// A record OpenSSL has begun to read or write.
  struct Entry {
    let outer: Int
    let encrypted: Bool
    var inner: Int?
    var names: [String] = []
    /// Its place among the facts. Absent where it will not be reported.
    var slot: Int?
    /// Set once a later `takeFacts` has handed out the place.
    var isReported: Bool

    /// Set where this end met the record and could not open it, or never came to it.
    var isUnopened = false

    /// Application bytes, as far as this end can tell.
    var isApplicationData: Bool { (inner ?? outer) == 23 && names.isEmpty && !isUnopened }
  }

  /// After so many, records of application data are no longer reported.
  static let applicationDataLimit = 64

  private(set) var entries = Queue<Entry>()
  /// TLS 1.2 and below: what follows is encrypted.
  var changedCipherSpec = false
  private(set) var lastEncrypted = false
  private(set) var applicationRecords = 0
  /// Bytes of a clear message that the next record goes on with.
  var carried = 0
  /// Where the next record starts in the stream.
  var offset = 0

  var isFull: Bool { applicationRecords >= DirectionTrace.applicationDataLimit }

  mutating func begin(outer: Int, isVersion13: Bool, reserve: () -> Int) {
    lastEncrypted = outer == 23 || (changedCipherSpec && outer != 20)
    var entry = Entry(outer: outer, encrypted: lastEncrypted, isReported: false)
    // Without an inner type (TLS 1.2) the outer one tells; with one, `setInner` decides.
    if outer != 23 || !isFull {
      entry.slot = reserve()
      entry.isReported = true
    }
    if outer == 23, !isVersion13 { applicationRecords += 1 }
    entries.append(entry)
  }

  mutating func setInner(_ inner: Int, reserve: () -> Int) {
    if inner == 23 { applicationRecords += 1 }
    entries.changeLast { entry in
      entry.inner = inner
      guard inner != 23, !entry.isReported else { return }
      entry.slot = reserve()
      entry.isReported = true
    }
  }

  /// A message or alert was found in the newest record.
  mutating func name(_ name: String) { entries.changeLast { $0.names.append(name) } }

  /// A message was written: it took all records since the last one that has a name.
  mutating func nameBack(_ name: String) {
    entries.changeBack { entry in
      guard entry.names.isEmpty, (entry.inner ?? entry.outer) == 22 else { return false }
      entry.names = [name]
      return true
    }
  }

  mutating func popEntry() -> Entry? { entries.popFirst() }

  mutating func forgetSlots() {
    guard !entries.isEmpty else { return }
    entries.changeBack { entry in
      entry.slot = nil
      return true
    }
  }

  mutating func removeAll() { entries.removeAll() }
}
