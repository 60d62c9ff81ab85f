import LabScreen
import LabViews

/// The themes a person chooses among, as the terminal's palettes.
enum Appearance {
  static func theme(_ theme: LabViews.Theme) -> LabScreen.Theme {
    switch theme {
    case .auto: .automatic
    case .dark: .dark
    case .light: .light
    case .mono: .mono
    }
  }
}
