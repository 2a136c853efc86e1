// Part of py/emitbc.c: the names that a function's code keeps for those who call and debug it.
//
// The parameters before a slash begin with one in the list of parameters, so that no keyword finds them. Behind that list is
// 0, or one more than the index of a constant: a tuple of the names of all locals in the order of their numbers.

static qstr mp_emit_parameter_name(const id_info_t *id) {
    if (!(id->flags & ID_FLAG_IS_POSITIONAL_ONLY)) {
        return id->qst;
    }
    vstr_t vstr;
    vstr_init(&vstr, 16);
    vstr_add_byte(&vstr, '/');
    vstr_add_str(&vstr, qstr_str(id->qst));
    qstr name = vstr.len <= 255 ? qstr_from_strn(vstr.buf, vstr.len) : id->qst;
    vstr_clear(&vstr);
    return name;
}

static size_t mp_emit_local_names(mp_emit_common_t *emit, scope_t *scope) {
    if (!SCOPE_IS_FUNC_LIKE(scope->kind) || scope->num_locals == 0) {
        return 0;
    }
    mp_obj_t *names = m_new(mp_obj_t, scope->num_locals);
    for (size_t i = 0; i < scope->num_locals; i++) {
        names[i] = MP_OBJ_NEW_QSTR(MP_QSTR_);
    }
    for (size_t i = 0; i < scope->id_info_len; i++) {
        id_info_t *id = &scope->id_info[i];
        if ((id->kind >= ID_INFO_KIND_LOCAL || (id->flags & ID_FLAG_IS_PARAM)) && id->local_num < scope->num_locals) {
            names[id->local_num] = MP_OBJ_NEW_QSTR(id->qst);
        }
    }
    mp_obj_t tuple = mp_obj_new_tuple(scope->num_locals, names);
    m_del(mp_obj_t, names, scope->num_locals);
    return 1 + mp_emit_common_use_const_obj(emit, tuple);
}
