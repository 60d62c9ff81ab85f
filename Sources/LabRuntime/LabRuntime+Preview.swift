import LabCatalog
import LabFacts

extension LabRuntime {
  /// A good version starts anew; a broken one is told, and the last good one stays.
  func takeEdition(_ edition: Edition) {
    var state = preview ?? PreviewState(file: edition.path)
    let last = preview?.notice
    state.take(edition)
    preview = state
    // The newest word about the file takes the place of the one before.
    notices.removeAll { $0 == last }
    notices.append(state.notice)
    guard let lesson = edition.lesson else { return }
    use(edition.catalog)
    if sandbox != nil { takeSandbox(.close) }
    openLesson(lesson.id)
  }
}
