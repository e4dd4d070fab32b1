import Glibc
import LocalServer
import Testing

@Suite("The limit of open files")
struct OpenFilesTests {
  @Test("is raised as far as it may be, and never lowered")
  func raise() {
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limits = rlimit()
    #expect(getrlimit(resource, &limits) == 0)
    // Other tests run at the same time, and need theirs.
    limits.rlim_cur -= 1
    #expect(setrlimit(resource, &limits) == 0)
    OpenFiles.raiseLimit()
    #expect(OpenFiles.limit == max(Int(limits.rlim_cur), min(Int(clamping: limits.rlim_max), 65_536)))
  }

  @Test("bounds connections and requests", arguments: [(1_048_576, 512, 256), (1024, 128, 64), (64, 16, 8)])
  func limits(openFiles: Int, connections: Int, requests: Int) {
    let limits = ConnectionLimits(openFiles: openFiles)
    #expect(limits.connections == connections)
    #expect(limits.requests == requests)
  }
}
