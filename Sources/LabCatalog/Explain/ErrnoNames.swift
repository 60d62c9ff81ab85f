/// Names and numbers of errno (errno(3), the numbers of Linux), for those that sockets and files know.
enum ErrnoNames {
  static func name(_ number: Int) -> String? { table.first { $0.number == number }?.name }

  static func number(_ name: String) -> Int? { table.first { $0.name == name.uppercased() }?.number }

  static func meaning(_ number: Int) -> String? { table.first { $0.number == number }?.meaning }

  static var names: [String] { table.map(\.name) }

  private static let table: [(number: Int, name: String, meaning: String)] = [
    (1, "EPERM", "a rule of this machine forbids it"),
    (2, "ENOENT", "there is no such file"),
    (4, "EINTR", "a signal came in between"),
    (9, "EBADF", "this descriptor is not open"),
    (11, "EAGAIN", "nothing there yet; ask again later"),
    (12, "ENOMEM", "no memory left"),
    (13, "EACCES", "the rights are missing"),
    (17, "EEXIST", "it exists already"),
    (22, "EINVAL", "the kernel can't do anything with these values"),
    (23, "ENFILE", "the whole machine has too many open files"),
    (24, "EMFILE", "this program has too many open files"),
    (32, "EPIPE", "written to a connection whose other side is closed"),
    (71, "EPROTO", "the other side broke the protocol"),
    (88, "ENOTSOCK", "this descriptor is no socket"),
    (90, "EMSGSIZE", "too long for one message"),
    (92, "ENOPROTOOPT", "this socket does not have that option"),
    (93, "EPROTONOSUPPORT", "this kernel does not know the protocol"),
    (97, "EAFNOSUPPORT", "this kind of address is not supported here"),
    (98, "EADDRINUSE", "address and port are taken"),
    (99, "EADDRNOTAVAIL", "this machine does not have that address, or no port is free"),
    (100, "ENETDOWN", "the network is down"),
    (101, "ENETUNREACH", "there is no way to that network"),
    (103, "ECONNABORTED", "the connection was given up on this side"),
    (104, "ECONNRESET", "the other side reset the connection"),
    (105, "ENOBUFS", "no buffer left"),
    (106, "EISCONN", "it is connected already"),
    (107, "ENOTCONN", "it is not connected"),
    (108, "ESHUTDOWN", "this direction was ended before"),
    (110, "ETIMEDOUT", "no answer in time"),
    (111, "ECONNREFUSED", "nobody listens on that port"),
    (112, "EHOSTDOWN", "the machine does not answer"),
    (113, "EHOSTUNREACH", "there is no way to that machine"),
    (114, "EALREADY", "it is being done already"),
    (115, "EINPROGRESS", "it has begun and is not finished"),
  ]
}
