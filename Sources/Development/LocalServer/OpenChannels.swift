internal import NIOCore
internal import Synchronization

/// The channels of a listener's connections, so that they can be asked to end.
final class OpenChannels: Sendable {
  private let state = Mutex<(channels: [ObjectIdentifier: any Channel], isEnding: Bool)>(([:], false))

  /// Adds a channel until it is closed.
  func add(_ channel: any Channel) {
    let isEnding = state.withLock {
      $0.channels[ObjectIdentifier(channel)] = channel
      return $0.isEnding
    }
    channel.closeFuture.whenComplete { _ in
      self.state.withLock { _ = $0.channels.removeValue(forKey: ObjectIdentifier(channel)) }
    }
    if isEnding { Self.end(channel) }
  }

  /// Asks the channels, and those added from now on, to close after the responses to the requests that they have.
  func end() {
    let channels = state.withLock {
      $0.isEnding = true
      return Array($0.channels.values)
    }
    for channel in channels { Self.end(channel) }
  }

  private static func end(_ channel: any Channel) {
    channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
  }
}
