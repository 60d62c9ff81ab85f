/// The pages of the lesson server: as little as a browser needs.
enum HiPage {
  static func found(_ target: String) -> HTML {
    """
    <!doctype html>
    <html lang="en"><title>Hi</title>
    <p>Hi, you fetched \(target)</p>
    </html>

    """
  }

  static let folder: HTML = """
    <!doctype html>
    <html lang="en"><title>A folder</title>
    <p>This is a folder. It holds <a href="/file">a file</a>.</p>
    </html>

    """

  static func missing(_ target: String) -> HTML {
    """
    <!doctype html>
    <html lang="en"><title>Not found</title>
    <p>There is nothing at \(target)</p>
    </html>

    """
  }
}
