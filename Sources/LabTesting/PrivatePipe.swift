package import Foundation

extension Pipe {
  /// A pipe for one child. Tests run side by side: a program that another test starts at the same moment would
  /// inherit its ends, and whoever reads up to the end would wait for that one too.
  package static func forOneChild() -> Pipe {
    let pipe = Pipe()
    for handle in [pipe.fileHandleForReading, pipe.fileHandleForWriting] {
      _ = fcntl(handle.fileDescriptor, F_SETFD, FD_CLOEXEC)
    }
    return pipe
  }
}
