<?php
// Plugin: the facets that WordPress has no word for. A theme is a category, a werkplaats a tag.
add_action('init', function () {
    foreach (array('gemeente', 'status', 'soort') as $facet) {
        register_taxonomy($facet, 'post', array('label' => ucfirst($facet), 'public' => true));
    }
});
