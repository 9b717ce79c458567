/// What is released under one number: the command and the library.
public enum Release {
  public static let number: StaticString = "0.1.0"
}
