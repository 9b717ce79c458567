public enum Oracle {}
