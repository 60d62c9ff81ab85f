/// A short page that says one thing: 400, 404, 405.
struct NoticePage {
  let title: String
  let lead: HTML
  let more: [HTML]

  var html: HTML {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(title) · netlab</title>
    <style>\(SiteStyle.css)</style>
    </head>
    <body>
    <main class="notice">
    <p class="brand">\(SiteStyle.logo) netlab</p>
    <h1>\(title)</h1>
    <p class="lead">\(lead)</p>
    \(more.map { "<p>\($0)</p>\n" as HTML })</main>
    </body>
    </html>

    """
  }
}
