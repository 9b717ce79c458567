/// Made from shapes.
public enum Specimen {}
