import LabCanvas

/// Where the panes of the catalog stand.
struct CatalogLayout: Equatable {
  let places: [PaneID: Rect]
  /// The map has no focus: there is nothing to choose in it.
  let map: Rect?

  init(_ size: Size, focus: PaneID, zoomed: Bool = false) {
    let body = ScreenLines(size).body
    guard !zoomed, size.width >= 60, size.height >= 16 else {
      (places, map) = ([focus: body], nil)
      return
    }
    guard size.width >= 120, size.height >= 30 else {
      let columns = body.splitLeft(min(32, max(24, size.width * 40 / 100)))
      let rows = columns.rest.splitTop(max(5, columns.rest.height * (focus == .about ? 35 : 58) / 100))
      (places, map) = ([.tracks: columns.left, .lessons: rows.top, .about: rows.rest], nil)
      return
    }
    let columns = body.splitLeft(size.width * 24 / 100)
    let rest = columns.rest.splitRight(size.width * 33 / 100)
    let rows = rest.rest.splitTop(rest.rest.height * 50 / 100)
    places = [.tracks: columns.left, .lessons: rows.top, .about: rest.right]
    map = rows.rest
  }
}
