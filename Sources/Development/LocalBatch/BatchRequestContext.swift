internal import Hummingbird
internal import NIOCore

/// What goes with a request to Batch: its connection, which may have to be lost.
struct BatchRequestContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}
