import Foundation
import LabCore
import LabRuntime
import Testing

/// What netlab reads and writes outside its lessons.
struct StoreTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("netlab-\(UUID().uuidString)")
      .path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  @Test func `progress comes back as it was saved`() throws {
    try withFolder { folder in
      let store = ProgressStore(path: folder + "/deep/progress.json")
      var progress = LabCore.Progress()
      progress.lessons["sp1-two-programs"] = LabCore.Progress.Entry()
      progress.beliefs["M01", default: LabCore.Progress.Belief()].beaten = 2
      #expect(store.save(progress) == nil)
      let loaded = store.load(now: 0)
      #expect(loaded.progress == progress)
      #expect(loaded.notice == nil)
    }
  }

  @Test(arguments: ["", "{ not json", "[]"])
  func `a file that can't be read is set aside and not overwritten`(content: String) throws {
    try withFolder { folder in
      let path = folder + "/progress.json"
      try Data(content.utf8).write(to: URL(fileURLWithPath: path))
      let loaded = ProgressStore(path: path).load(now: 7)
      #expect(loaded.progress == LabCore.Progress())
      #expect(loaded.notice?.contains(path + ".damaged-7") == true)
      #expect(try String(contentsOfFile: path + ".damaged-7", encoding: .utf8) == content)
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  @Test func `two damaged files of one second are kept apart`() throws {
    try withFolder { folder in
      let store = ProgressStore(path: folder + "/progress.json")
      for content in ["first", "second"] {
        try Data(content.utf8).write(to: URL(fileURLWithPath: store.path))
        #expect(store.load(now: 7).notice?.contains("set aside") == true)
      }
      #expect(try String(contentsOfFile: store.path + ".damaged-7", encoding: .utf8) == "first")
      #expect(try String(contentsOfFile: store.path + ".damaged-7-2", encoding: .utf8) == "second")
    }
  }

  @Test func `a file of a newer netlab stays, and is told as that`() throws {
    try withFolder { folder in
      let store = ProgressStore(path: folder + "/progress.json")
      let content = "{\"version\": 99, \"lessons\": {}, \"beliefs\": {}}"
      try Data(content.utf8).write(to: URL(fileURLWithPath: store.path))
      #expect(store.read() == .newer(99))
      #expect(store.load(now: 7).notice?.contains("version 99") == true)
      #expect(store.save(LabCore.Progress())?.contains("version 99") == true)
      #expect(try String(contentsOfFile: store.path, encoding: .utf8) == content)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["progress.json"])
    }
  }

  @Test(arguments: [
    ("{\"a\":1}", "is no progress file: it has no `version`"),
    ("{\"version\":1,\"lessons\":[]}", "is no progress file: `lessons` holds something else than it should"),
    ("nothing", "is no progress file: it is not JSON"),
  ])
  func `why a file is no progress is told without names out of the program`(content: String, why: String)
    throws
  {
    try withFolder { folder in
      let store = ProgressStore(path: folder + "/x.json")
      try Data(content.utf8).write(to: URL(fileURLWithPath: store.path))
      #expect(store.read() == .unreadable(why))
    }
  }

  @Test func `a folder in the file's place is told by the system's word`() throws {
    try withFolder { folder in
      let word = String(cString: strerror(EISDIR))
      #expect(ProgressStore(path: folder).read() == .unreadable("can't be read: \(word)"))
      #expect(
        ProgressStore(path: folder).save(LabCore.Progress(), inOwnFolder: false)?.contains(word) == true)
    }
  }

  @Test func `a place that can't be written is told in words`() {
    let reason = ProgressStore(path: "/proc/netlab/progress.json").save(LabCore.Progress())
    #expect(reason?.contains("/proc/netlab") == true)
  }

  @Test func `the data folder is looked for in the order the manual tells`() throws {
    try withFolder { folder in
      for place in ["option", "variable", "prefix/share/netlab"] {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(place)/lessons", withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: "\(folder)/\(place)/lessons/tracks.yaml"))
      }
      let environment = ["NETLAB_DATA": folder + "/variable"]
      let named = DataFolder.search(
        option: folder + "/option", environment: environment, executable: folder + "/prefix/bin/netlab")
      #expect(named.found == folder + "/option")
      let byVariable = DataFolder.search(
        option: nil, environment: environment, executable: folder + "/prefix/bin/netlab")
      #expect(byVariable.found == folder + "/variable")
      #expect(byVariable.looked.map(\.why).first == "$NETLAB_DATA")
      #expect(byVariable.looked.last?.path == folder + "/prefix/share/netlab")
    }
  }

  @Test func `a folder named on purpose is not replaced by another in silence`() {
    let search = DataFolder.search(option: "/nowhere", environment: [:], executable: "/usr/bin/netlab")
    #expect(search.found == nil)
    #expect(search.message.contains("/nowhere"))
    #expect(search.message.contains("--data"))
  }

  @Test func `the state folder follows XDG, and falls back to the home folder`() {
    #expect(StateFolder(environment: ["XDG_STATE_HOME": "/x"]).path == "/x/netlab")
    #expect(StateFolder(environment: ["HOME": "/home/me"]).path == "/home/me/.local/state/netlab")
    // The specification wants a relative path to be ignored.
    #expect(
      StateFolder(environment: ["HOME": "/home/me", "XDG_STATE_HOME": "x"]).path
        == "/home/me/.local/state/netlab")
  }
}
