/// Ways through the catalog for somebody who is new to it: `lessons/paths.yaml`.
package struct LearningPaths: Equatable, Sendable {
  /// A lesson of a path, by its code or id.
  package struct Stop: Equatable, Sendable {
    package var lesson: String
    package var place: Place

    package init(_ lesson: String, place: Place = .start) {
      self.lesson = lesson
      self.place = place
    }
  }

  /// Lessons in an order that somebody can do in one sitting.
  package struct Path: Equatable, Sendable {
    package var title: String
    package var about: String
    package var stops: [Stop]

    package init(title: String, about: String, stops: [Stop]) {
      self.title = title
      self.about = about
      self.stops = stops
    }
  }

  /// A question somebody comes with, and the lesson that answers it.
  package struct Question: Equatable, Sendable {
    package var ask: String
    package var lesson: Stop

    package init(ask: String, lesson: Stop) {
      self.ask = ask
      self.lesson = lesson
    }
  }

  package var paths: [Path]
  package var questions: [Question]

  package init(paths: [Path] = [], questions: [Question] = []) {
    self.paths = paths
    self.questions = questions
  }
}

extension Catalog {
  /// The lessons of a path that are there.
  package func lessons(of path: LearningPaths.Path) -> [Lesson] {
    path.stops.compactMap { lesson($0.lesson) }
  }

  /// The questions that a lesson answers, with that lesson.
  package var answeredQuestions: [(ask: String, lesson: Lesson)] {
    paths.questions.compactMap { question in lesson(question.lesson.lesson).map { (question.ask, $0) } }
  }
}
