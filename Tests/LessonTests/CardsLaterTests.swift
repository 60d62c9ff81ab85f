import LabCatalog
import LabRuntime
import Testing

@Suite struct CardsLaterTests {
  @Test func `a lab that starts without its cards reads them by itself`() async throws {
    let source = FileSource.disk(root: Shipped.folder)
    let (snapshots, sink) = AsyncStream<LabSnapshot>.makeStream()
    let lab = LabRuntime(
      catalog: Catalog.loadLessons(from: source).catalog, readingCardsFrom: source,
      surroundings: Shipped.surroundings
    ) { sink.yield($0) }
    await lab.start()
    let whole = await snapshots.first { !$0.catalog.cards.isEmpty }
    await lab.shutDown()
    #expect(whole?.catalog == Shipped.catalog)
  }
}
