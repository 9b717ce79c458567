internal import Glibc
internal import Synchronization

/// A wish to stop: SIGINT, SIGTERM or SIGHUP came. What was decided still leaves; nothing more is
/// read.
///
/// The handler sets a flag, which is looked at before every read, and starts a timer. A call that
/// waits (`read`, `open` of a FIFO, `poll`) is ended by the signal itself; one that began to wait
/// between the look and the signal, by the timer's next tick. So no signal is lost, whatever waits.
///
/// After the first tick a second signal kills: a reader that stalls cannot keep the command alive.
/// Not before, for `timeout` and terminals that hang up send the same signal twice in a row.
public enum Interruption {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]
  private static let tickMicroseconds = 200_000

  /// The signal that came first; 0 for none. Made before any handler is installed.
  nonisolated(unsafe) private static let first: UnsafeMutablePointer<Atomic<Int32>> = {
    let memory = UnsafeMutablePointer<Atomic<Int32>>.allocate(capacity: 1)
    memory.initialize(to: Atomic(0))
    return memory
  }()

  /// From here on the signals do not kill. One that the parent had ignored stays ignored.
  public static func heed() {
    first.pointee.store(0, ordering: .sequentiallyConsistent)
    SignalHandler.install({ _ in Interruption.tick() }, for: SIGALRM)
    SignalHandler.unblock([SIGALRM])
    for signal in signals where !SignalHandler.isIgnored(signal) {
      SignalHandler.install({ Interruption.take($0) }, for: signal)
    }
  }

  /// The name of the signal that came; nil when none did.
  public static var signalName: String? {
    switch first.pointee.load(ordering: .sequentiallyConsistent) {
    case 0: nil
    case SIGINT: "SIGINT"
    case SIGTERM: "SIGTERM"
    default: "SIGHUP"
    }
  }

  public static var isAsked: Bool { first.pointee.load(ordering: .sequentiallyConsistent) != 0 }

  /// Runs in a handler.
  private static func take(_ signal: Int32) {
    let (isFirst, _) = first.pointee.compareExchange(
      expected: 0, desired: signal, ordering: .sequentiallyConsistent)
    guard isFirst else { return }
    let saved = errno
    let interval = timeval(tv_sec: 0, tv_usec: tickMicroseconds)
    var timer = itimerval(it_interval: interval, it_value: interval)
    setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
    errno = saved
  }

  /// Runs in a handler. That it ran is what ends the call that waits.
  private static func tick() {
    let saved = errno
    restoreDefault(SIGINT)
    restoreDefault(SIGTERM)
    restoreDefault(SIGHUP)
    errno = saved
  }

  private static func restoreDefault(_ number: Int32) {
    if !SignalHandler.isIgnored(number) { signal(number, SIG_DFL) }
  }
}
