package import LabCanvas

/// The lines every screen has: where am I on top, what happened last and which keys matter at the bottom.
package struct ScreenLines: Equatable, Sendable {
  package let top: Rect
  package let body: Rect
  package let status: Rect?
  package let footer: Rect

  package init(_ size: Size) {
    let all = Rect(size).splitTop(size.height >= 4 ? 1 : 0)
    top = all.top
    let footed = all.rest.splitBottom(1)
    footer = footed.bottom
    let lined = footed.rest.splitBottom(size.height >= 8 ? 1 : 0)
    status = lined.bottom.isEmpty ? nil : lined.bottom
    body = lined.rest
  }
}
