package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;

/** A rule that looks at a database's catalogue alone. Stateless. */
interface CatalogueRule extends Rule {

  CatalogueVerdict examine(Catalogue catalogue);
}
