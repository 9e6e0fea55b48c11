package io.zibrato.store;

/** The one user the API is open to. */
record Credentials(String username, String apitoken) {
  Credentials {
    if (username.isEmpty() || username.indexOf(':') >= 0) {
      throw new IllegalArgumentException("username is empty or has a colon: " + username);
    }
    if (apitoken.isEmpty()) {
      throw new IllegalArgumentException("apitoken is empty");
    }
  }

  @Override
  public String toString() {
    return "Credentials[username=" + username + "]";
  }
}
