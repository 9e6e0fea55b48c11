package io.zibrato.store.resources;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.zibrato.store.data.Wildcard;
import io.zibrato.store.http.ApiError;
import io.zibrato.store.http.Call;
import io.zibrato.store.http.Paging;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * One page of a table, in the API's envelope.
 *
 * @param member of the answer that holds the page
 * @param named the column that the parameter {@code name} is about, a part of it or a pattern with
 *     {@code *}
 * @param orders columns that {@code orderby} may name; the first is the default
 */
public record Listing(String member, String table, String columns, String named, String... orders) {

  /** What one request asks for of it. */
  public record Asked(Listing listing, String pattern, String order, Paging paging) {
    public JsonObject read(Connection connection, Sql.Reader<JsonObject> reader)
        throws SQLException {
      final String sort = paging.descending() ? " DESC" : " ASC";
      final String where =
          " FROM " + listing.table + " WHERE " + listing.named + " LIKE ? ESCAPE '\\'";
      final List<JsonObject> rows =
          Sql.list(
              connection,
              reader,
              "SELECT "
                  + listing.columns
                  + where
                  + (" ORDER BY " + order + sort + ", id" + sort + " LIMIT ? OFFSET ?"),
              pattern,
              paging.length(),
              paging.offset());
      final long found = Sql.number(connection, "SELECT count(*)" + where, pattern);
      final long total = Sql.number(connection, "SELECT count(*) FROM " + listing.table);
      final JsonArray array = new JsonArray();
      rows.forEach(array::add);
      final JsonObject page = new JsonObject();
      page.add("query", paging.json(rows.size(), found, total));
      page.add(listing.member, array);
      return page;
    }
  }

  public Asked asked(Call call) throws ApiError {
    final String order = call.text("orderby", orders[0]);
    if (!List.of(orders).contains(order)) {
      throw ApiError.param("orderby", "must be " + String.join(" or ", orders));
    }
    final String name = call.text("name", "");
    final String pattern = Wildcard.like(name.indexOf('*') >= 0 ? name : "*" + name + "*");
    return new Asked(this, pattern, order, Paging.of(call, order));
  }
}
