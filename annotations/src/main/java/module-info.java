/** The annotations, and nothing they would need. */
module io.zibrato.annotations {
  exports io.zibrato.annotations;
}
