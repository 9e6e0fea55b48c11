package io.zibrato.store.http;

/** The one user the API is open to. */
public record Credentials(String username, String apitoken) {
  public Credentials {
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
