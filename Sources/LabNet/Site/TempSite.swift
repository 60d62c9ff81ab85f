import LabFacts
enum Site { case hi; func respond(to: SiteRequest, visitor: VisitorCard) -> SiteResponse { SiteResponse(status: 200, reason: "OK", headers: [], body: []) } }
enum PlainHTTPAnswer { static func page(host: String?, port: Int) -> [UInt8] { [] } }
